"""Every activation: value, Jacobian and how that turns, against scalar formulas, complex step and the dense array."""

import math
import tracemalloc

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from port.backprop import Dense, Diagonal, DiagonalMinusOuter, activations
from port.errors import ArgumentError, ShapeError

STEP = 1e-200
TINY = 5e-324
EXTREMES = np.array([[1e4, -1e4, 0.0, TINY, -TINY, 2e-308, 37.5, -745.2, 1e-8, -30.0, 1.0, -1.0, 3.0, -3.0]])
SELU = 1.0507009873554805, 1.6732632423543772
SCALAR = {
    "identity": lambda z: z,
    "sigmoid": lambda z: 1 / (1 + math.exp(-z)) if z >= 0 else math.exp(z) / (1 + math.exp(z)),
    "tanh": math.tanh,
    "scaled_tanh": lambda z: 1.7159 * math.tanh(2 / 3 * z),
    "relu": lambda z: max(z, 0.0),
    "leaky_relu": lambda z: max(z, 0.01 * z),
    "elu": lambda z: z if z > 0 else math.expm1(z),
    "selu": lambda z: SELU[0] * (z if z > 0 else SELU[1] * math.expm1(z)),
    "softplus": lambda z: max(z, 0.0) + math.log1p(math.exp(-abs(z))),
    "softsign": lambda z: z / (1 + abs(z)),
    "gelu": lambda z: z * 0.5 * math.erfc(-z / math.sqrt(2)),
    "silu": lambda z: z * SCALAR["sigmoid"](z),
    "hard_sigmoid": lambda z: min(max(z / 6 + 0.5, 0.0), 1.0),
    "radial_basis": lambda z: math.exp(-z * z),
    "satlin": lambda z: min(max(z, 0.0), 1.0),
    "satlins": lambda z: min(max(z, -1.0), 1.0),
}
COLUMNWISE = ("softmax", "log_softmax", "sparsemax", "layer_norm")
each = pytest.mark.parametrize("name", activations.NAMES)


def normals(*shape, scale=1.0, seed=0):
    return np.random.default_rng(seed).normal(scale=scale, size=shape)


def dense(J):
    return J.dense().reshape(J.shape)


def complex_step(activation, z):
    """J (K, S, N) by complex steps of the value, one input row after the other."""
    rows = []
    for s in range(z.shape[0]):
        moved = z.astype(complex)
        moved[s] += 1j * STEP
        rows.append(activation.value(moved).imag / STEP)
    return np.stack(rows, axis=1)


def test_every_activation_is_covered():
    assert {*SCALAR, *COLUMNWISE} == set(activations.NAMES)
    assert len(activations.NAMES) == 20


@pytest.mark.parametrize("name", SCALAR)
@pytest.mark.parametrize(
    "z", [normals(5, 40), normals(5, 40, scale=10), EXTREMES], ids=["near", "far", "extremes"]
)
def test_the_value_is_the_scalar_formula(name, z):
    a, J = activations.REGISTRY[name](z)
    want = np.vectorize(SCALAR[name], otypes=[float])(z)
    # rounding z / sqrt(2) moves the tail of erfc by z^2 roundings, here up to 1,200
    np.testing.assert_allclose(a, want, rtol=1e-12 if name == "gelu" else 4e-15, atol=TINY)
    assert J.structure == "diagonal" and np.isfinite(J.diagonal).all()


def test_softmax_is_the_ratio_of_exponentials():
    z = normals(5, 7)
    for T in (1.0, 0.5, 3.0):
        want = [[math.exp(v / T) / sum(math.exp(w / T) for w in column) for v in column] for column in z.T]
        np.testing.assert_allclose(activations.softmax(z, temperature=T)[0], np.transpose(want), rtol=1e-14)
    np.testing.assert_allclose(activations.log_softmax(z)[0], np.log(activations.softmax(z)[0]), rtol=1e-13)


def test_sparsemax_is_the_nearest_point_of_the_simplex():
    from scipy.optimize import minimize

    z = normals(4, 3)
    a, J = activations.sparsemax(z)
    np.testing.assert_allclose(a.sum(axis=0), 1, rtol=1e-14)
    for column, found in zip(z.T, a.T, strict=True):
        nearest = minimize(
            lambda p, c=column: ((p - c) ** 2).sum(),
            np.full(4, 0.25),
            bounds=[(0, 1)] * 4,
            constraints={"type": "eq", "fun": lambda p: p.sum() - 1},
            tol=1e-14,
        )
        np.testing.assert_allclose(found, nearest.x, atol=1e-6)
    assert (a == 0).any() and J.structure == "diagonal minus outer"


def test_layer_norm_has_mean_0_and_variance_1():
    z = normals(6, 4, scale=3)
    a, _ = activations.layer_norm(z)
    np.testing.assert_allclose(a.mean(axis=0), 0, atol=1e-15)
    np.testing.assert_allclose(a.var(axis=0), z.var(axis=0) / (z.var(axis=0) + 1e-5), rtol=1e-13)


@each
@pytest.mark.parametrize("scale", [1e-8, 1.0, 30.0])
def test_the_jacobian_is_the_complex_step_of_the_value(name, scale):
    activation, z = activations.REGISTRY[name], normals(4, 30, scale=scale)
    _, J = activation(z)
    want = complex_step(activation, z)
    np.testing.assert_allclose(dense(J), want, rtol=1e-12, atol=1e-14 * np.abs(want).max())


@each
def test_the_jacobian_is_right_at_the_extremes(name):
    activation = activations.REGISTRY[name]
    z = np.vstack([EXTREMES, np.roll(EXTREMES, 3), np.roll(EXTREMES, 5)])
    a, J = activation(z)
    want = complex_step(activation, z)
    assert np.isfinite(a).all() and np.isfinite(dense(J)).all()
    np.testing.assert_allclose(dense(J), want, rtol=1e-11, atol=1e-15)


@each
def test_central_differences_agree(name):
    activation, z, h = activations.REGISTRY[name], normals(3, 8), 1e-6
    _, J = activation(z)
    steps = [np.eye(3)[:, [s]] * h for s in range(3)]
    want = np.stack([(activation.value(z + d) - activation.value(z - d)) / (2 * h) for d in steps], axis=1)
    np.testing.assert_allclose(dense(J), want, atol=1e-8)


@each
@pytest.mark.parametrize("scale", [1.0, 30.0])
def test_the_turn_is_the_complex_step_of_the_product(name, scale):
    activation = activations.REGISTRY[name]
    z, t, g = normals(4, 6, scale=scale), normals(4, 6, seed=1), normals(4, 6, seed=2)
    a, _ = activation(z)
    got = activation.jacobian_along(z, a, t).vjp(g)
    moved = z + 1j * STEP * t
    want = activation.jacobian(moved, activation.value(moved)).vjp(g).imag / STEP
    np.testing.assert_allclose(got, want, rtol=1e-11, atol=1e-13 * max(1e-3, np.abs(want).max()))


@pytest.mark.parametrize(
    ("activation", "z", "slope"),
    [
        ("relu", 0.0, 0.0),
        ("leaky_relu", 0.0, 0.01),
        ("satlin", 0.0, 0.0),
        ("satlin", 1.0, 0.0),
        ("satlins", -1.0, 0.0),
    ],
)
def test_the_slope_at_a_bend_is_the_stated_one(activation, z, slope):
    assert activations.REGISTRY[activation]([[z]])[1].diagonal == slope


@each
def test_nan_stays_nan(name):
    a, _ = activations.REGISTRY[name](np.array([[np.nan], [1.0]]))
    assert np.isnan(a[0, 0])


def shapes():
    return st.tuples(st.integers(1, 50), st.integers(1, 50))


def numbers(shape):
    magnitude = st.floats(1e-8, 1e4)
    return arrays(float, shape, elements=st.one_of(magnitude, magnitude.map(lambda v: -v)), fill=st.just(0.5))


@each
@settings(max_examples=10, deadline=None)
@given(data=st.data())
def test_vjp_is_the_adjoint_of_jvp(name, data):
    shape = data.draw(shapes())
    z, u, t = (data.draw(numbers(shape)) for _ in range(3))
    _, J = activations.REGISTRY[name](z)
    forwards, backwards = u * J.jvp(t), J.vjp(u) * t
    assert abs(forwards.sum() - backwards.sum()) <= 1e-13 * max(size_of_terms(J, u, t), TINY)
    assert J.terms(u, t) == pytest.approx(size_of_terms(J, u, t), rel=1e-12)
    assert Dense(dense(J)).terms(u, t) <= 2 * J.terms(u, t)


def size_of_terms(J, u, t):
    """What the sums behind both sides of the identity add up, in magnitude: their rounding is relative to this."""
    total = np.abs(u) * np.abs(J.diagonal) * np.abs(t)
    pairs = getattr(J, "outers", ())
    outer = sum((np.abs(u * p).sum(axis=0) * np.abs(q * t).sum(axis=0)).sum() for p, q in pairs)
    return float(total.sum() + outer)


@each
@pytest.mark.parametrize("shape", [(1, 1), (1, 5), (5, 1), (4, 3)])
def test_products_are_those_of_the_dense_array(name, shape):
    _, J = activations.REGISTRY[name](normals(*shape))
    g, t = normals(*shape, seed=1), normals(*shape, seed=2)
    np.testing.assert_allclose(J.vjp(g), np.einsum("ksn,kn->sn", dense(J), g), rtol=1e-12, atol=1e-14)
    np.testing.assert_allclose(J.jvp(t), np.einsum("ksn,sn->kn", dense(J), t), rtol=1e-12, atol=1e-14)
    assert J.dense().shape == (shape[0], *shape)[: 2 if shape[1] == 1 else 3]
    assert J.structure in repr(J) and J.product in J.formula()


@pytest.mark.parametrize("name", [*COLUMNWISE, "sigmoid"])
def test_no_product_forms_the_dense_array(name):
    K, N = 10_000, 4
    z = normals(K, N)
    tracemalloc.start()
    a, J = activations.REGISTRY[name](z)
    J.vjp(z), J.jvp(z), activations.REGISTRY[name].jacobian_along(z, a, z).vjp(z)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 40 * z.nbytes < K * K * 8


@pytest.mark.parametrize(("alias", "name"), activations.ALIASES.items())
def test_matlab_names_are_the_same_objects(alias, name):
    assert activations.get(alias) is activations.get(name)
    assert getattr(activations, alias) is activations.REGISTRY[alias]


@pytest.mark.parametrize("name", activations.NAMES)
@pytest.mark.parametrize("shape", [(0, 3), (3, 0)])
def test_nothing_in_gives_nothing_out(name, shape):
    a, J = activations.REGISTRY[name](np.empty(shape))
    assert a.shape == J.vjp(a).shape == J.jvp(a).shape == shape


def test_a_function_that_gives_logicals_is_an_activation_of_numbers():
    a, J = activations.from_function(lambda z: z > 0)(np.array([[1.0, -2.0]]))
    assert a.dtype == np.float64 and a.tolist() == [[1, 0]] and J.vjp([[3.0, 4.0]]).tolist() == [[0, 0]]


def test_one_output_row_keeps_its_samples_apart():
    np.testing.assert_array_equal(activations.softmax(normals(1, 4))[0], np.ones((1, 4)))
    for name in COLUMNWISE:
        written = activations.REGISTRY[name].matlab + activations.REGISTRY[name].product
        assert "sum(exp(z))" not in written and "sum(g)" not in written


@pytest.mark.parametrize(
    ("call", "error", "parts"),
    [
        (lambda: activations.get("sigmoyd"), ArgumentError, ["sigmoyd", "softmax"]),
        (lambda: activations.get(3), ArgumentError, ["from_function"]),
        (lambda: activations.softmax(normals(3, 2), temperature=0), ArgumentError, ["temperature", "0"]),
        (lambda: activations.softmax(normals(3, 2), heat=1), ArgumentError, ["temperature", "heat"]),
        (lambda: activations.sigmoid([1.0, 2.0]), ShapeError, ["z is 2", "reshape"]),
        (lambda: activations.sigmoid([["a"]]), ArgumentError, ["z holds"]),
        (
            lambda: activations.sigmoid(normals(3, 2))[1].vjp(normals(2, 3)),
            ShapeError,
            ["2 x 3", "3 x 2", "g.T"],
        ),
        (lambda: activations.softmax(normals(3, 2))[1].jvp(normals(3, 1)), ShapeError, ["3 x 1", "3 x 2"]),
        (lambda: Dense(normals(3)), ShapeError, ["K x S"]),
        (
            lambda: DiagonalMinusOuter(normals(3, 2), [(normals(3, 1), normals(3, 2))]),
            ShapeError,
            ["u is 3 x 1"],
        ),
        (lambda: Diagonal(normals(3)), ShapeError, ["diagonal is 3"]),
        (lambda: Dense([[1, 2], [3]]), ShapeError, ["rows differ in length"]),
        (lambda: Dense([["a"]]), ArgumentError, ["a dense Jacobian holds"]),
        (lambda: activations.get("leaky_relu", leak="a"), ArgumentError, ["leak of leaky_relu is 'a'"]),
        (lambda: activations.get("elu", alpha=np.nan), ArgumentError, ["alpha of elu is nan"]),
        (lambda: activations.get("hard_sigmoid", rate=np.ones(2)), ArgumentError, ["rate of hard_sigmoid"]),
    ],
)
def test_errors_say_what_was_given_and_what_is_expected(call, error, parts):
    with pytest.raises(error) as caught:
        call()
    assert all(part in str(caught.value) for part in parts), str(caught.value)


# an activation of the user's own: function, the structure it has, how it is differentiated, the built-in it equals
OWN = [
    pytest.param(np.tanh, "diagonal", "complex step", "tanh", id="elementwise"),
    pytest.param(
        lambda z: 1 / (1 + np.exp(-z)), "diagonal", "complex step", "sigmoid", id="overflows-far-left"
    ),
    pytest.param(
        lambda z: z / (1 + np.abs(z)), "diagonal", "central differences", "softsign", id="abs-is-not-analytic"
    ),
    pytest.param(np.vectorize(math.tanh), "diagonal", "central differences", "tanh", id="scalar-function"),
    pytest.param(
        lambda z: np.exp(z) / np.exp(z).sum(axis=0, keepdims=True),
        "dense",
        "complex step",
        "softmax",
        id="columns",
    ),
    pytest.param(
        lambda z: z - np.log(np.sum(np.exp(z), axis=0)),
        "dense",
        "complex step",
        "log_softmax",
        id="log-columns",
    ),
]


@pytest.mark.parametrize(("function", "structure", "by", "twin"), OWN)
@pytest.mark.parametrize("shape", [(1, 4), (5, 1), (4, 6)])
def test_a_function_becomes_an_activation(function, structure, by, twin, shape):
    z, t, g = normals(*shape), normals(*shape, seed=1), normals(*shape, seed=2)
    own, known = activations.from_function(function, name="mine"), activations.REGISTRY[twin]
    a, J = own(z)
    want, K = known(z)
    assert J.structure == (structure if shape[0] > 1 else "diagonal") and by in J.formula()
    tolerance = 1e-14 if by == "complex step" else 1e-9
    np.testing.assert_allclose(a, want, atol=1e-14)
    np.testing.assert_allclose(J.dense(), K.dense(), atol=tolerance)
    turned = own.jacobian_along(z, a, t).vjp(g)
    np.testing.assert_allclose(
        turned, known.jacobian_along(z, want, t).vjp(g), atol=1e-9 if tolerance < 1e-9 else 1e-4
    )


def test_a_function_may_change_the_number_of_rows():
    z = normals(3, 5)
    _, J = activations.from_function(lambda z: z[:2] * z[1:])(z)
    assert J.shape == (2, 3, 5) and J.structure == "dense"
    np.testing.assert_allclose(J.dense()[0], [z[1], z[0], np.zeros(5)], atol=1e-14)


def test_a_function_is_differentiated_where_its_complex_step_overflows():
    _, J = activations.from_function(lambda z: 1 / (1 + np.exp(-z)))([[1e4, -1e4, 0.0, TINY]])
    np.testing.assert_allclose(J.diagonal, [[0, 0, 0.25, 0.25]], atol=1e-14)


@pytest.mark.parametrize("pair", [(0, 6), (3, 2), (6, 5)])
def test_one_row_that_feels_one_other_is_not_elementwise(pair):
    def nearly(z):
        a = z**2
        a[pair[0]] = a[pair[0]] + 1e-3 * z[pair[1]]
        return a

    assert activations.from_function(nearly)(normals(7, 2))[1].structure == "dense"


@pytest.mark.parametrize(
    ("function", "parts"),
    [
        (lambda z: np.exp(z) / np.exp(z).sum(), ["mixes samples", "axis=0"]),
        (lambda z: z.sum(), ["3 x 4", "a scalar"]),
        (lambda z: z @ z, ["3 x 4", "fails"]),
        (math.tanh, ["np.vectorize"]),
    ],
)
def test_a_function_that_is_no_activation_is_refused(function, parts):
    with pytest.raises(ArgumentError) as caught:
        activations.from_function(function, name="mine")(normals(3, 4))
    assert all(part in str(caught.value) for part in [*parts, "mine"])
    with pytest.raises(ArgumentError, match="takes a function"):
        activations.from_function("tanh")


@pytest.mark.live
def test_the_matlab_formulas_are_right_in_octave(tmp_path):
    from port.reference.engine import find_engines, run
    from port.reference.matfile import read_mat, write_mat

    if not any(engine.name == "GNU Octave" for engine in find_engines()):
        pytest.skip("GNU Octave is not installed")
    inputs = {
        "z_many": normals(4, 6),
        "g_many": normals(4, 6, seed=1),
        "z_row": normals(1, 5),
        "g_row": normals(1, 5, seed=1),
    }
    write_mat(tmp_path / "in.mat", inputs)
    lines, names = [f"load('{tmp_path / 'in.mat'}');"], []
    for name in activations.NAMES:
        for shape in ("many", "row"):
            known = activations.REGISTRY[name]
            lines += [f"z = z_{shape}; g = g_{shape}; a = {known.matlab}; p = a; d = {known.product};"]
            lines += [f"a_{name}_{shape} = a; d_{name}_{shape} = d;"]
            names += [f"'a_{name}_{shape}'", f"'d_{name}_{shape}'"]
    out = tmp_path / "out.mat"
    run("\n".join([*lines, f"save('{out}', {', '.join(names)}, '-v7');"]), expect=[out])
    recorded = read_mat(out)
    for name in activations.NAMES:
        for shape in ("many", "row"):
            a, J = activations.REGISTRY[name](inputs[f"z_{shape}"])
            for got, want in ((f"a_{name}_{shape}", a), (f"d_{name}_{shape}", J.vjp(inputs[f"g_{shape}"]))):
                np.testing.assert_allclose(recorded[got], want, rtol=1e-12, atol=1e-14, err_msg=got)
