"""Networks: passes, fused pairs, products with Jacobian and Hessians, penalties, packing, errors."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from port.backprop import (
    L2,
    Layer,
    Parameters,
    activations,
    backward,
    forward,
    ggnvp,
    hvp,
    jvp,
    losses,
    pack,
    per_sample,
    unpack,
    value,
)
from port.backprop.fused import PAIRS
from port.errors import ArgumentError, ShapeError

STEP = 1e-200
SHARES = ("cross_entropy", "kl", "focal", "binary_cross_entropy")
# what the last activation must give, so that the loss is defined
DOMAIN = {
    **dict.fromkeys(SHARES, ("softmax", "sigmoid")),
    "poisson": ("softplus", "sigmoid", "softmax", "radial_basis"),
}
COMBINATIONS = [(a, c) for c in losses.REGISTRY for a in DOMAIN.get(c, activations.NAMES)]
FUSED = [(a.name, c.name) for a, c in PAIRS]


def draw(*shape, seed=0):
    return np.random.default_rng([seed, *shape]).normal(scale=0.7, size=shape)


def network(last="softmax", sizes=(3, 5, 4), hidden="tanh", seed=0):
    names = [hidden] * (len(sizes) - 2) + [last]
    triples = zip(sizes[1:], sizes[:-1], names, strict=True)
    return [
        Layer(draw(K, S, seed=seed + n), draw(K, 1, seed=seed + n), name)
        for n, (K, S, name) in enumerate(triples)
    ]


def targets(loss, K, N, seed=0):
    rng = np.random.default_rng(seed)
    hot = losses.one_hot(rng.integers(0, K, N), K, 0)
    choices = {
        "hinge": 2 * hot - 1,
        "poisson": rng.poisson(2, (K, N)).astype(float),
        "binary_cross_entropy": rng.integers(0, 2, (K, N)).astype(float),
    }
    regression = ("squared_error", "absolute", "huber", "log_cosh")
    return choices.get(loss, rng.normal(size=(K, N)) if loss in regression else hot)


def moved(layers, direction, step=1j * STEP):
    parts = zip(layers, direction.weights, direction.biases, strict=True)
    return [Layer(p.weights + step * W, p.bias + step * b, p.activation) for p, W, b in parts]


def direction_of(layers, seed=9):
    return Parameters(
        tuple(draw(*p.weights.shape, seed=seed) for p in layers),
        tuple(draw(*p.bias.shape, seed=seed) for p in layers),
    )


def close(got, want, rtol=1e-12):
    """Within rtol of the largest magnitude."""
    got, want = np.asarray(got), np.asarray(want)
    np.testing.assert_allclose(got, want, rtol=0, atol=rtol * max(np.abs(want).max(), 1e-300))


def test_the_forward_pass_is_the_sum_written_out():
    layers, x = network("sigmoid", (2, 3, 2), "relu"), draw(2, 4)
    tape = forward(layers, x)
    (W1, W2), (b1, b2) = tape.weights, tape.biases
    for n in range(4):
        hidden = [max(0.0, sum(W1[k, j] * x[j, n] for j in range(2)) + b1[k, 0]) for k in range(3)]
        for k in range(2):
            z = math.fsum(W2[k, j] * hidden[j] for j in range(3)) + b2[k, 0]
            assert tape.output[k, n] == pytest.approx(1 / (1 + math.exp(-z)), rel=1e-14)
    assert [a.shape for a in tape.a] == [(3, 4), (2, 4)] and tape.inputs[0] is tape.x


@pytest.mark.parametrize("fused", [True, False])
@pytest.mark.parametrize(("activation", "loss"), COMBINATIONS)
def test_gradients_and_products_by_complex_step(activation, loss, fused):
    layers, x = network(activation, (3, 4, 3)), draw(3, 5)
    cost, y = losses.REGISTRY[loss](), targets(loss, 3, 5)
    tape, v = forward(layers, x), direction_of(layers)
    gradients = backward(tape, cost, y, fused=fused)
    slope = value(forward(moved(layers, v), x), cost, y, fused=fused).imag / STEP
    close(pack(gradients).T @ pack(v), slope)
    dx = draw(3, 5, seed=4)
    close(
        (gradients.inputs * dx).sum(),
        value(forward(layers, x + 1j * STEP * dx), cost, y, fused=fused).imag / STEP,
    )
    out = forward(moved(layers, v), x + 1j * STEP * dx).output.imag / STEP
    close(jvp(tape, v, inputs=dx), out)
    turned = backward(forward(moved(layers, v), x), cost, y, fused=fused)
    close(pack(hvp(tape, cost, y, v, fused=fused)), pack(turned).imag / STEP, 1e-11)


def network_jacobian(layers, x, logits=False):
    """d output / d theta, (K, N, P), one parameter after the other."""
    theta = pack(forward(layers, x))
    columns = []
    for unit in np.eye(len(theta)):
        tape = forward(moved(layers, unpack(unit, forward(layers, x))), x)
        columns.append((tape.z[-1] if logits else tape.output).imag / STEP)
    return np.stack(columns, axis=-1)


@pytest.mark.parametrize(("activation", "loss"), [*FUSED, ("sigmoid", "squared_error"), ("tanh", "log_cosh")])
def test_gauss_newton_is_the_dense_product(activation, loss):
    layers, x = network(activation, (3, 4, 3)), draw(3, 5)
    cost, y = losses.REGISTRY[loss](), targets(loss, 3, 5)
    tape, v = forward(layers, x), direction_of(layers)
    J = network_jacobian(layers, x)
    want = np.einsum("knp,kn->p", J, cost.hvp(tape.output, y, J @ pack(v).ravel()))
    close(pack(ggnvp(tape, cost, y, v)).ravel(), want)
    of_logits, z = network_jacobian(layers, x, logits=True), tape.z[-1]
    t = of_logits @ pack(v).ravel()
    last = [Layer(np.eye(3), np.zeros((3, 1)), activation)]
    H_t = backward(forward(last, z + 1j * STEP * t), cost, y).deltas[0].imag / STEP
    close(pack(ggnvp(tape, cost, y, v, at="logits")).ravel(), np.einsum("knp,kn->p", of_logits, H_t))


def test_the_hessian_is_symmetric_and_gauss_newton_is_not_negative():
    layers, x, y = network(), draw(3, 6), targets("cross_entropy", 4, 6)
    tape, cost = forward(layers, x), losses.CrossEntropy()
    units = np.eye(len(pack(tape)))
    H = np.hstack([pack(hvp(tape, cost, y, unit)) for unit in units])
    G = np.hstack([pack(ggnvp(tape, cost, y, unit, at="logits")) for unit in units])
    close(H, H.T)
    assert np.linalg.eigvalsh((G + G.T) / 2).min() > -1e-14


OPTIONS = [
    {},
    {"class_weights": [1, 2, 0.5]},
    {"sample_weights": [1, 0, 2, 3, 0.5]},
    {"convention": "pytorch_mse"},
    {"label_smoothing": 0.1},
]


@pytest.mark.parametrize(
    ("activation", "loss", "options"),
    [
        pytest.param(a, c, options, id=f"{a}-{c}-{next(iter(options), 'plain')}")
        for a, c in FUSED
        for options in OPTIONS
        if c != "squared_error" or "label_smoothing" not in options
    ],
)
def test_a_fused_pair_is_the_unfused_product(activation, loss, options):
    layers, x = network(activation, (3, 4, 3)), draw(3, 5)
    cost, y = losses.REGISTRY[loss](**options), targets(loss, 3, 5)
    y[:, 1] = np.nan
    tape, v = forward(layers, x), direction_of(layers)
    one, other = (backward(tape, cost, y, fused=fused) for fused in (True, False))
    close(pack(one), pack(other))
    assert value(tape, cost, y, fused=True) == pytest.approx(value(tape, cost, y, fused=False), rel=1e-13)
    close(pack(hvp(tape, cost, y, v, fused=True)), pack(hvp(tape, cost, y, v, fused=False)))


def test_softmax_with_a_temperature_is_fused_too():
    sharp = activations.softmax.with_parameters(temperature=0.3)
    layers, x, y = network(sharp, (3, 4)), draw(3, 5), targets("cross_entropy", 4, 5)
    tape, cost = forward(layers, x), losses.CrossEntropy()
    close(backward(tape, cost, y).deltas[0], backward(tape, cost, y, fused=False).deltas[0])
    assert value(tape, cost, y) == pytest.approx(value(tape, cost, y, fused=False), rel=1e-13)


EXACT = [
    # softmax of (800, 0, -800) is (1, 0, 0): delta = p - y, loss = log sum exp z - z_y
    ("softmax", "cross_entropy", [0, 1, 0], [1, -1, 0], 800.0),
    ("softmax", "cross_entropy", [0, 0, 1], [1, 0, -1], 1600.0),
    ("softmax", "kl", [0, 0, 1], [1, 0, -1], 1600.0),
    ("log_softmax", "negative_log_likelihood", [0, 0, 1], [1, 0, -1], 1600.0),
    ("sigmoid", "binary_cross_entropy", [0, 1, 1], [1, -0.5, -1], 1600 + math.log(2)),
    ("sigmoid", "binary_cross_entropy", [1, 0, 0], [0, 0.5, 0], math.log(2)),
    ("identity", "squared_error", [0, 1, 0], [1600, -2, -1600], 2 * 800.0**2 + 1),
]


@pytest.mark.parametrize(("activation", "loss", "y", "delta", "cost"), EXACT)
def test_fused_pairs_are_exact_at_logits_of_800(activation, loss, y, delta, cost):
    layer = [Layer(np.eye(3), np.zeros((3, 1)), activation)]
    tape = forward(layer, np.array([[800.0], [0.0], [-800.0]]))
    one = losses.REGISTRY[loss](losses.Convention(over="sum"))
    y = np.array(y, dtype=float).reshape(3, 1)
    np.testing.assert_array_equal(backward(tape, one, y).deltas[0].ravel(), delta)
    assert value(tape, one, y) == cost
    if loss in ("cross_entropy", "kl") and y[2]:
        assert np.isnan(backward(tape, one, y, fused=False).deltas[0]).any()


@pytest.mark.parametrize("z", [15.0, 20.0, 37.0, 700.0])
def test_the_binary_cross_entropy_of_what_is_almost_right_keeps_its_digits(z):
    tape = forward([Layer([[1.0], [-1.0]], np.zeros((2, 1)), "sigmoid")], [[z]])
    almost_right = value(tape, losses.BinaryCrossEntropy("netlab_bce"), [[1.0], [0.0]])
    assert almost_right == pytest.approx(2 * math.log1p(math.exp(-z)), rel=1e-15)


@pytest.mark.parametrize(
    ("activation", "loss"),
    [("softmax", "cross_entropy"), ("softmax", "kl"), ("log_softmax", "negative_log_likelihood")],
)
def test_a_class_shut_out_by_a_logit_of_minus_infinity_costs_nothing(activation, loss):
    layer = [Layer(np.eye(3), [[0.0], [-np.inf], [0.0]], activation)]
    tape, y = forward(layer, [[1.0], [2.0], [3.0]]), [[0.0], [0.0], [1.0]]
    assert value(tape, losses.REGISTRY[loss](), y) == pytest.approx(math.log1p(math.exp(-2.0)), rel=1e-15)


@pytest.mark.parametrize(("activation", "loss"), [*FUSED, ("relu", "huber")])
def test_per_sample_gradients_add_up(activation, loss):
    layers, x = network(activation, (3, 5, 4)), draw(3, 6)
    cost, y = losses.REGISTRY[loss](), targets(loss, 4, 6)
    tape = forward(layers, x)
    whole, apart = backward(tape, cost, y), per_sample(tape, cost, y)
    for (W, b), dW, db in zip(apart, whole.weights, whole.biases, strict=True):
        assert W.shape == (*dW.shape, 6) and b.shape == (dW.shape[0], 6)
        close(W.sum(axis=2), dW)
        close(b.sum(axis=1, keepdims=True), db)
    alone = backward(forward(layers, x[:, [2]]), losses.REGISTRY[loss](), y[:, [2]])
    close(apart[0][0][:, :, 2] * 6, alone.weights[0])


@pytest.mark.parametrize("biases", [False, True])
@pytest.mark.parametrize(("over", "scale"), [("samples", 0.3 / 6), ("sum", 0.3)])
def test_the_penalty_adds_squared_weights(biases, over, scale):
    layers, x, y = network(), draw(3, 6), targets("cross_entropy", 4, 6)
    tape, cost, l2 = forward(layers, x), losses.CrossEntropy(), L2(0.3, biases=biases, over=over)
    squares = sum((W**2).sum() for W in tape.weights) + biases * sum((b**2).sum() for b in tape.biases)
    plain = value(tape, cost, y)
    assert value(tape, cost, y, l2=l2) == pytest.approx(plain + scale / 2 * squares, rel=1e-14)
    with_it, without = backward(tape, cost, y, l2=l2), backward(tape, cost, y)
    for n in range(2):
        close(with_it.weights[n], without.weights[n] + scale * tape.weights[n])
        close(with_it.biases[n], without.biases[n] + scale * biases * tape.biases[n])
    assert with_it.deltas[0] is not None and np.array_equal(with_it.deltas[0], without.deltas[0])
    v = direction_of(layers)
    extra = pack(hvp(tape, cost, y, v, l2=l2)) - pack(hvp(tape, cost, y, v))
    close(extra, pack(l2.grad(v, 6)), 1e-11)


def test_packing_is_in_matlabs_order():
    W1, b1, W2, b2 = (
        np.array([[1.0, 3], [2, 4]]),
        np.array([[5.0], [6]]),
        np.array([[7.0, 8]]),
        np.array([[9.0]]),
    )
    tape = forward([Layer(W1, b1, "sigmoid"), Layer(W2, b2, "sigmoid")], np.ones((2, 1)))
    assert pack(tape).ravel().tolist() == [1, 2, 3, 4, 5, 6, 7, 8, 9]
    assert pack(tape, "theta").ravel().tolist() == [5, 6, 1, 2, 3, 4, 9, 7, 8]
    assert pack(tape).shape == (9, 1)


@given(sizes=st.lists(st.integers(1, 6), min_size=2, max_size=5), form=st.sampled_from(["matlab", "theta"]))
@settings(max_examples=30)
def test_unpacking_undoes_packing(sizes, form):
    point = direction_of(network("tanh", tuple(sizes)))
    back = unpack(pack(point, form), point, form)
    for name in ("weights", "biases"):
        for one, other in zip(getattr(point, name), getattr(back, name), strict=True):
            np.testing.assert_array_equal(one, other)


def test_a_direction_may_be_a_packed_vector():
    layers, x = network(), draw(3, 6)
    tape, v = forward(layers, x), direction_of(layers)
    np.testing.assert_array_equal(jvp(tape, pack(v)), jvp(tape, v))


def test_layers_of_every_kind_in_one_network():
    names = ["relu", "layer_norm", "gelu", "softmax"]
    sizes = (3, 6, 5, 4, 3)
    layers = [Layer(draw(K, S), draw(K, 1), n) for K, S, n in zip(sizes[1:], sizes[:-1], names, strict=True)]
    x, y, cost = draw(3, 4), targets("cross_entropy", 3, 4), losses.CrossEntropy()
    v = direction_of(layers)
    slope = value(forward(moved(layers, v), x), cost, y).imag / STEP
    close(pack(backward(forward(layers, x), cost, y)).T @ pack(v), slope)


def test_inputs_of_other_kinds_are_taken_as_float64():
    layers = network("sigmoid", (2, 2))
    for x in (
        [[1, 2], [0, 1]],
        np.array([[1, 2], [0, 1]], dtype=np.uint8),
        np.array([[True, False], [False, True]]),
    ):
        assert forward(layers, x).output.dtype == np.float64


def test_single_precision_stays_single():
    for name in activations.NAMES:
        single = [Layer(draw(3, 2).astype(np.float32), draw(3, 1).astype(np.float32), name)]
        tape, v = (
            forward(single, draw(2, 4).astype(np.float32)),
            Parameters((np.ones((3, 2), np.float32),), (np.ones((3, 1), np.float32),)),
        )
        for cost, y in ((losses.Huber(), draw(3, 4)), (losses.NegativeLogLikelihood(), targets("kl", 3, 4))):
            found = [backward(tape, cost, y), ggnvp(tape, cost, y, v), hvp(tape, cost, y, v)]
            arrays = [
                tape.output,
                jvp(tape, v),
                *(array for one in found for array in (*one.weights, *one.biases)),
            ]
            assert {array.dtype for array in arrays} == {np.dtype(np.float32)}, name


def test_nothing_given_is_changed():
    layers, x, y = network(), draw(3, 6), targets("cross_entropy", 4, 6)
    kept = [array.copy() for layer in layers for array in (layer.weights, layer.bias)] + [x.copy(), y.copy()]
    tape = forward(layers, x)
    backward(tape, losses.CrossEntropy(), y), hvp(tape, losses.CrossEntropy(), y, direction_of(layers))
    now = [array for layer in layers for array in (layer.weights, layer.bias)] + [x, y]
    assert all(np.array_equal(one, other) for one, other in zip(kept, now, strict=True))


NET = network()
TAPE = forward(NET, draw(3, 6))
COST, Y = losses.CrossEntropy(), targets("cross_entropy", 4, 6)


@pytest.mark.parametrize(
    ("call", "error", "parts"),
    [
        (
            lambda: forward(network("softmax", (20, 3)), draw(5, 20)),
            ShapeError,
            ["5 x 20", "takes 20", "pass x.T"],
        ),
        (
            lambda: forward(network("softmax", (20, 3)), draw(5, 7)),
            ShapeError,
            ["5 x 7 (features x samples?)", "3 x 20"],
        ),
        (
            lambda: forward([NET[0], NET[0]], draw(3, 6)),
            ShapeError,
            ["layer 2 takes 3", "layer 1 gives 5 x 6"],
        ),
        (lambda: forward(NET, np.ones(3)), ShapeError, ["x is 3", "reshape(-1, 1)"]),
        (lambda: forward([], draw(3, 6)), ArgumentError, ["one Layer or more"]),
        (lambda: forward(NET[0], draw(3, 6)), ArgumentError, ["one Layer or more"]),
        (lambda: forward([NET[0].weights], draw(3, 6)), ArgumentError, ["Layer(weights, bias, activation)"]),
        (lambda: Layer(draw(3, 2), draw(1, 3), "tanh"), ShapeError, ["bias is 1 x 3", "3 x 1", "bias.T"]),
        (lambda: Layer(draw(3, 2), draw(3), "tanh"), ShapeError, ["bias is 3"]),
        (lambda: Layer(draw(3), draw(3, 1), "tanh"), ShapeError, ["weights is 3"]),
        (lambda: Layer(draw(3, 2), draw(3, 1), "tnah"), ArgumentError, ["tnah", "tanh"]),
        (lambda: Layer([["a"]], [[1]], "tanh"), ArgumentError, ["weights holds"]),
        (lambda: Layer([[1, 2], [3]], [[1], [2]], "tanh"), ShapeError, ["weights"]),
        (lambda: forward(NET, [["a"]]), ArgumentError, ["x holds"]),
        (lambda: backward(TAPE, COST, [["a"]]), ArgumentError, ["y holds"]),
        (lambda: backward(TAPE, COST, Y.T), ShapeError, ["y is 6 x 4", "4 x 6", "y.T"]),
        (lambda: jvp(TAPE, np.ones(7)), ShapeError, ["7 numbers", "take 44", "5 x 3"]),
        (lambda: jvp(TAPE, direction_of(NET[:1])), ShapeError, ["1 weights", "2 layers"]),
        (
            lambda: jvp(TAPE, direction_of(network("tanh", (3, 5, 2)))),
            ShapeError,
            ["layer 2", "2 x 5", "4 x 5"],
        ),
        (lambda: jvp(TAPE, direction_of(NET), inputs=draw(3, 5)), ShapeError, ["inputs is 3 x 5", "3 x 6"]),
        (lambda: ggnvp(TAPE, COST, Y, direction_of(NET), at="z"), ArgumentError, ["'z'", "logits"]),
        (lambda: backward(NET, COST, Y), ArgumentError, ["tape is list", "forward(layers, x)"]),
        (
            lambda: backward(TAPE, "cross_entropy", Y),
            ArgumentError,
            ["'cross_entropy'", "losses.CrossEntropy()"],
        ),
        (lambda: value(TAPE, losses.CrossEntropy, Y), ArgumentError, ["losses.CrossEntropy()"]),
        (lambda: hvp(TAPE, COST, Y, direction_of(NET), l2=0.1), ArgumentError, ["l2 is 0.1", "L2(strength)"]),
        (lambda: ggnvp(TAPE, "mse", Y, direction_of(NET)), ArgumentError, ["'mse'"]),
        (lambda: per_sample(TAPE, "mse", Y), ArgumentError, ["'mse'"]),
        (lambda: jvp(NET, np.ones(44)), ArgumentError, ["tape is list"]),
        (lambda: jvp(TAPE, ["a"] * 44), ArgumentError, ["the vector holds"]),
        (lambda: pack(NET[0].weights), ArgumentError, ["ndarray holds no parameters"]),
        (lambda: pack(Parameters((NET[0].weights,), ())), ArgumentError, ["holds no parameters"]),
        (lambda: unpack(np.ones(44), None), ArgumentError, ["NoneType holds no parameters"]),
        (lambda: L2("strong"), ArgumentError, ["'strong'", "from 0"]),
        (lambda: pack(TAPE, "python"), ArgumentError, ["python", "theta"]),
        (lambda: L2(-1), ArgumentError, ["-1"]),
        (lambda: L2(1, over="elements"), ArgumentError, ["elements", "samples"]),
    ],
)
def test_errors_name_shapes_layer_and_remedy(call, error, parts):
    with pytest.raises(error) as caught:
        call()
    assert all(part in str(caught.value) for part in parts), str(caught.value)
