"""Every loss under every convention: value by scalar formulas, gradient and Hessian product by complex step."""

import importlib.util
import json
import math
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from port.backprop import losses
from port.backprop.losses import CONVENTIONS, REGISTRY, Convention, conversion, one_hot
from port.cli import main
from port.errors import ArgumentError, ShapeError

STEP = 1e-200
DOCS = Path(__file__).parents[1] / "docs"
ALL = [Convention(half, over) for half in (False, True) for over in losses.conventions.OVER]
each = pytest.mark.parametrize("name", REGISTRY)
every_convention = pytest.mark.parametrize("convention", ALL, ids=lambda c: c.formula())


def xlogy(x, y):
    return x * math.log(y) if x else 0.0


# one term of the sum for an output a and a target y; multiclass_hinge is a sum over a column, below
SCALAR = {
    "squared_error": lambda a, y: (a - y) ** 2,
    "absolute": lambda a, y: abs(a - y),
    "huber": lambda a, y: (a - y) ** 2 / 2 if abs(a - y) <= 1 else abs(a - y) - 0.5,
    "log_cosh": lambda a, y: math.log(math.cosh(a - y)),
    "poisson": lambda a, y: a - xlogy(y, a),
    "cross_entropy": lambda a, y: -xlogy(y, a),
    "binary_cross_entropy": lambda a, y: -xlogy(y, a) - xlogy(1 - y, 1 - a),
    "negative_log_likelihood": lambda a, y: -y * a,
    "kl": lambda a, y: xlogy(y, y) - xlogy(y, a),
    "focal": lambda a, y: -xlogy(y * (1 - a) ** 2, a),
    "hinge": lambda a, y: max(0.0, 1 - y * a),
}


def problem(name, K=4, N=7, seed=0):
    """Outputs and targets that the loss takes."""
    rng = np.random.default_rng(seed)
    z = rng.normal(scale=1.5, size=(K, N))
    p = np.exp(z) / np.exp(z).sum(axis=0)
    hot = one_hot(rng.integers(0, K, N), K, 0)
    shares = {
        "poisson": (np.exp(z), rng.poisson(2.0, (K, N)).astype(float)),
        "binary_cross_entropy": (1 / (1 + np.exp(-z)), rng.integers(0, 2, (K, N)).astype(float)),
        "negative_log_likelihood": (np.log(p), hot),
        "hinge": (z, rng.choice([-1.0, 1.0], (K, N))),
        "multiclass_hinge": (z, hot),
    }
    regression = (z, rng.normal(size=(K, N)))
    return shares.get(name) or (regression if name in list(REGISTRY)[:4] else (p, hot))


def total(name, a, y):
    """The plain sum, by scalar formulas, skipping what has no target."""
    if name != "multiclass_hinge":
        pairs = zip(a.ravel(), y.ravel(), strict=True)
        return math.fsum(SCALAR[name](float(u), float(v)) for u, v in pairs if not math.isnan(v))
    columns = [(u, int(v.argmax())) for u, v in zip(a.T, y.T, strict=True) if not np.isnan(v).any()]
    return math.fsum(max(0.0, 1 + u[k] - u[r]) for u, r in columns for k in range(len(u)) if k != r)


def complex_gradient(value, a):
    """One complex step of `value` an element."""
    gradient = np.zeros(a.shape)
    for place in np.ndindex(a.shape):
        moved = a.astype(complex)
        moved[place] += 1j * STEP
        gradient[place] = value(moved).imag / STEP
    return gradient


def close(got, want):
    np.testing.assert_allclose(got, want, rtol=1e-12, atol=1e-14 * max(1.0, np.abs(want).max()))


def test_every_loss_is_covered():
    assert {*SCALAR, "multiclass_hinge"} == set(REGISTRY)


@each
@every_convention
@pytest.mark.parametrize("shape", [(4, 7), (3, 1), (1, 5)])
def test_value_gradient_and_curvature(name, convention, shape):
    loss = REGISTRY[name](convention)
    a, y = problem(name, *shape)
    np.testing.assert_allclose(
        loss.value(a, y), total(name, a, y) * float(convention.factor(*shape)), rtol=1e-12
    )
    close(loss.grad(a, y), complex_gradient(lambda moved: loss.value(moved, y), a))
    t = np.random.default_rng(1).normal(size=shape)
    close(
        loss.hvp(a, y, t),
        loss.grad(a + 1j * STEP * t, y).imag / STEP if name != "absolute" else np.zeros(shape),
    )
    assert np.isrealobj(loss.grad(a, y)) and isinstance(loss.value(a, y), float)


@each
def test_central_differences_agree(name):
    loss, h = REGISTRY[name]("netlab_crossentropy"), 1e-6
    a, y = problem(name, 3, 4)
    want = np.zeros(a.shape)
    for place in np.ndindex(a.shape):
        ahead, behind = a.copy(), a.copy()
        ahead[place] += h
        behind[place] -= h
        want[place] = (loss.value(ahead, y) - loss.value(behind, y)) / (2 * h)
    np.testing.assert_allclose(loss.grad(a, y), want, atol=1e-7 * max(1, np.abs(want).max()))


@each
@every_convention
def test_nan_targets_are_left_out_of_sum_and_count(name, convention):
    loss = REGISTRY[name](convention)
    a, y = problem(name)
    y = y.copy()
    y[:, 2] = np.nan
    if name != "multiclass_hinge":
        y[1, 4] = np.nan
    known = ~np.isnan(y)
    counted = {"sum": 1, "samples": known.any(axis=0).sum(), "elements": known.sum()}[convention.over]
    np.testing.assert_allclose(
        loss.value(a, y), total(name, a, y) / counted / (1 + convention.half), rtol=1e-12
    )
    assert not loss.grad(a, y)[~known].any() and np.isfinite(loss.grad(a, y)).all()
    close(loss.grad(a, y), complex_gradient(lambda moved: loss.value(moved, y), a))


@each
def test_without_any_target_the_loss_is_0(name):
    a, y = problem(name)
    nothing = np.full_like(y, np.nan)
    assert REGISTRY[name]().value(a, nothing) == 0 and not REGISTRY[name]().grad(a, nothing).any()


@each
def test_weights_of_classes_and_samples_multiply(name):
    a, y = problem(name)
    rows, columns = np.array([1.0, 2.0, 0.5, 3.0]), np.array([1, 0, 2, 1, 1, 0.25, 4])
    loss = REGISTRY[name]("pytorch_mse", class_weights=rows, sample_weights=columns)
    one = REGISTRY[name]("netlab_crossentropy")
    of_row = y.T @ rows if name == "multiclass_hinge" else None
    want = 0.0
    for n in range(7):
        if of_row is not None:
            want += one.value(a[:, [n]], y[:, [n]]) * of_row[n] * columns[n]
        else:
            want += sum(SCALAR[name](a[k, n], y[k, n]) * rows[k] for k in range(4)) * columns[n]
    np.testing.assert_allclose(loss.value(a, y), want / 28, rtol=1e-12)
    close(loss.grad(a, y), complex_gradient(lambda moved: loss.value(moved, y), a))


@pytest.mark.parametrize("name", [n for n, kind in REGISTRY.items() if issubclass(kind, losses.ClassLoss)])
@pytest.mark.parametrize("offset", [0, 1])
def test_labels_are_one_hot_columns(name, offset):
    a, _ = problem(name)
    labels = np.array([0, 3, 1, 2, 2, 0, 3]) + offset
    hot = np.eye(4)[:, labels - offset]
    loss = REGISTRY[name](label_offset=offset)
    for given_as in (labels, labels.reshape(1, -1), labels.astype(float), list(labels)):
        assert loss.value(a, given_as) == REGISTRY[name]().value(a, hot)


def test_a_nan_label_is_no_target():
    a, _ = problem("cross_entropy")
    labels = np.array([0, 3, np.nan, 2, 2, 0, 3])
    known = [0, 1, 3, 4, 5, 6]
    whole = losses.CrossEntropy(label_offset=0).value(a, labels)
    np.testing.assert_allclose(
        whole, losses.CrossEntropy(label_offset=0).value(a[:, known], labels[known]), rtol=1e-14
    )


@pytest.mark.parametrize(
    "name", ["cross_entropy", "binary_cross_entropy", "negative_log_likelihood", "kl", "focal"]
)
def test_label_smoothing_moves_the_targets(name):
    a, y = problem(name)
    smooth = 0.9 * y + (0.05 if name == "binary_cross_entropy" else 0.1 / 4)
    assert REGISTRY[name](label_smoothing=0.1).value(a, y) == pytest.approx(
        REGISTRY[name]().value(a, smooth), rel=1e-14
    )


@each
@pytest.mark.parametrize("output", [0.0, 1.0, np.inf, -np.inf, np.nan])
def test_what_has_no_target_or_no_weight_does_not_count_whatever_the_output(name, output):
    a, y = problem(name)
    without, targets = np.delete(a, 2, axis=1), np.delete(y, 2, axis=1)
    a[:, 2] = output
    unknown = y.copy()
    unknown[:, 2] = np.nan
    sample_weights = np.r_[1.0, 1, 0, np.ones(4)]
    for loss, given_y in (
        (REGISTRY[name]("netlab"), unknown),
        (REGISTRY[name]("netlab", sample_weights=sample_weights), y),
    ):
        assert loss.value(a, given_y) == pytest.approx(
            REGISTRY[name]("netlab").value(without, targets), rel=1e-14
        )
        for product in (loss.grad(a, given_y), loss.hvp(a, given_y, np.ones_like(a))):
            assert np.isfinite(product).all() and not product[:, 2].any()


def test_a_probability_of_0_counts_only_where_the_target_does():
    a, y = np.array([[0.0, 1.0], [1.0, 0.0]]), np.array([[0.0, 1.0], [1.0, 0.0]])
    assert losses.CrossEntropy().value(a, y) == 0 == losses.BinaryCrossEntropy().value(a, y)
    assert losses.CrossEntropy().value(a, 1 - y) == np.inf
    np.testing.assert_array_equal(losses.CrossEntropy(Convention(over="sum")).grad(a, y), -y)


@pytest.mark.parametrize("focus", [0.0, 0.5, 1.0, 2.0, 3.5])
def test_focal_counts_easy_samples_less(focus):
    loss = losses.Focal(Convention(over="sum"), focus=focus)
    a, y = problem("focal")
    want = -(y * (1 - a) ** focus * np.log(a)).sum()
    np.testing.assert_allclose(loss.value(a, y), want, rtol=1e-13)
    close(loss.grad(a, y), complex_gradient(lambda moved: loss.value(moved, y), a))
    t = np.random.default_rng(1).normal(size=a.shape)
    close(loss.hvp(a, y, t), loss.grad(a + 1j * STEP * t, y).imag / STEP)
    assert loss.grad(np.ones((1, 1)), np.ones((1, 1))) == (-1.0 if focus == 0 else 0.0)
    quarter = losses.Focal(Convention(over="sum"), focus=focus, alpha=0.25)
    assert quarter.value(a, y) == loss.value(a, y) / 4
    np.testing.assert_array_equal(quarter.grad(a, y), loss.grad(a, y) / 4)
    np.testing.assert_array_equal(quarter.hvp(a, y, t), loss.hvp(a, y, t) / 4)


@pytest.mark.parametrize("d", [1e-9, -3e-5, 0.02, 0.999, 1.001, -30.0])
def test_log_cosh_keeps_its_digits_near_and_far(d):
    series = d**2 / 2 - d**4 / 12 + d**6 / 45 - 17 * d**8 / 2520
    want = series if abs(d) < 0.05 else math.log(math.cosh(d))
    loss = losses.LogCosh(Convention(over="sum"))
    np.testing.assert_allclose(loss.value(np.array([[d]]), np.zeros((1, 1))), want, rtol=1e-13)


@pytest.mark.parametrize("distance", [1e4, -1e4, 5e-324, 0.0])
@pytest.mark.parametrize("name", ["squared_error", "absolute", "huber", "log_cosh"])
def test_distances_near_and_far_stay_finite(name, distance):
    loss = REGISTRY[name](Convention(over="sum"))
    a, y = np.array([[distance]]), np.zeros((1, 1))
    far = {"log_cosh": lambda d: max(abs(d) - math.log(2), 0)}.get(name, lambda d: SCALAR[name](d, 0.0))
    np.testing.assert_allclose(loss.value(a, y), far(distance), rtol=1e-14)
    assert np.isfinite(loss.grad(a, y)).all() and np.isfinite(loss.hvp(a, y, a)).all()


@pytest.mark.parametrize(
    ("call", "error", "parts"),
    [
        (
            lambda: losses.SquaredError().value(np.ones((3, 5)), np.ones((5, 3))),
            ShapeError,
            ["5 x 3", "3 x 5", "y.T"],
        ),
        (lambda: losses.SquaredError().grad(np.ones((3, 5)), np.ones(5)), ShapeError, ["y is 5", "2-D"]),
        (
            lambda: losses.SquaredError().hvp(np.ones((3, 5)), np.ones((3, 5)), np.ones((3, 1))),
            ShapeError,
            ["t is 3 x 1"],
        ),
        (
            lambda: losses.CrossEntropy().value(np.ones((3, 5)), np.ones(5)),
            ShapeError,
            ["label_offset", "3 x 5"],
        ),
        (
            lambda: losses.CrossEntropy(label_offset=1).value(np.ones((3, 2)), [0, 1]),
            ArgumentError,
            ["label 0", "1..3"],
        ),
        (
            lambda: losses.CrossEntropy(label_offset=0).value(np.ones((3, 2)), [0, 1.5]),
            ArgumentError,
            ["label 1.5"],
        ),
        (lambda: losses.CrossEntropy(label_smoothing=1.0), ArgumentError, ["label_smoothing", "1.0"]),
        (lambda: losses.SquaredError("pytroch"), ArgumentError, ["pytroch", "pytorch_mse"]),
        (lambda: Convention(over="batch"), ArgumentError, ["batch", "samples"]),
        (lambda: Convention(half="no"), ArgumentError, ["half is True or False; got 'no'"]),
        (lambda: losses.get_convention(["sum"]), ArgumentError, ["['sum']", "pytorch_mse"]),
        (lambda: losses.CrossEntropy(label_offset=0.5), ArgumentError, ["label_offset is 0.5", "1 (MATLAB)"]),
        (lambda: one_hot([1, 2], "a", 0), ArgumentError, ["number of classes is 'a'"]),
        (lambda: losses.Focal(focus=-1), ArgumentError, ["focus", "-1"]),
        (lambda: losses.Focal(alpha=0), ArgumentError, ["alpha", "0"]),
        (
            lambda: losses.BinaryCrossEntropy().value(np.full((1, 3), 0.5), np.array([1.0, 0, 1])),
            ShapeError,
            ["y is 3", "1 x 3", "y.reshape(1, -1)"],
        ),
        (lambda: losses.Huber(transition="far"), ArgumentError, ["transition", "'far'"]),
        (lambda: conversion("pytorch", "optax", 2.5, 5), ArgumentError, ["2.5,5", "whole numbers"]),
        (lambda: losses.Huber(transition=0), ArgumentError, ["transition", "0"]),
        (lambda: losses.Hinge().value(np.ones((1, 2)), np.array([[0.0, 1.0]])), ArgumentError, ["2 * y - 1"]),
        (
            lambda: losses.MulticlassHinge().value(np.ones((2, 1)), np.ones((2, 1))),
            ArgumentError,
            ["one-hot"],
        ),
        (
            lambda: losses.SquaredError(sample_weights=[1, 2]).value(np.ones((1, 3)), np.ones((1, 3))),
            ShapeError,
            ["sample_weights", "1 x 2", "1 x 3"],
        ),
        (
            lambda: losses.SquaredError(class_weights=[1, 2]).value(np.ones((1, 3)), np.ones((1, 3))),
            ShapeError,
            ["class_weights", "2 x 1", "1 x 1"],
        ),
    ],
)
def test_errors_say_what_was_given_and_what_is_expected(call, error, parts):
    with pytest.raises(error) as caught:
        call()
    assert all(part in str(caught.value) for part in parts), str(caught.value)


@given(
    have=st.sampled_from(sorted(CONVENTIONS)),
    want=st.sampled_from(sorted(CONVENTIONS)),
    K=st.integers(1, 1000),
    N=st.integers(1, 10**6),
)
def test_a_conversion_is_exact(have, want, K, N):
    one, other = CONVENTIONS[have], CONVENTIONS[want]
    divisor = [
        (2 if c.half else 1) * {"sum": 1, "samples": N, "elements": K * N}[c.over] for c in (one, other)
    ]
    factor = conversion(have, want, K, N)
    assert factor == Fraction(*divisor) and factor * conversion(want, have, K, N) == 1


@each
def test_the_factor_leads_from_one_loss_to_the_other(name):
    a, y = problem(name)
    for have in ALL:
        for want in ALL:
            factor = float(conversion(have, want, 4, 7))
            np.testing.assert_allclose(
                REGISTRY[name](have).value(a, y) * factor, REGISTRY[name](want).value(a, y)
            )
            close(REGISTRY[name](have).grad(a, y) * factor, REGISTRY[name](want).grad(a, y))


@pytest.mark.parametrize(
    ("name", "formula"),
    [
        ("matlab_network", "sum / (K N)"),
        ("matlab_dlarray", "sum / (2 N)"),
        ("coursework", "sum / (2 N)"),
        ("pytorch", "sum / (K N)"),
        ("sklearn", "sum / (2 K N)"),
        ("optax", "sum / (K N)"),
        ("netlab", "sum / 2"),
    ],
)
def test_the_software_alone_names_its_squared_error(name, formula):
    assert CONVENTIONS[name].formula() == formula
    assert losses.conventions.get_row(name).loss == "squared_error"


def test_every_row_names_a_loss_once():
    names = [row.name for row in losses.ROWS]
    assert len(set(names)) == len(names) and {row.loss for row in losses.ROWS} <= set(REGISTRY)


@pytest.mark.parametrize(
    ("arguments", "factor", "letters"),
    [
        ("matlab_network coursework --shape 3,5", "3/2", "K / 2"),
        ("coursework_sum pytorch --shape 3,5", "2/15", "2 / (K N)"),
        ("pytorch optax --shape 3,5", "1", "1"),
        ("sklearn sklearn_mse_gradient --shape 4,9", "4", "K"),
        ("netlab_crossentropy pytorch_crossentropy --shape 4,9", "1/9", "1 / N"),
    ],
)
def test_the_command_gives_factor_and_sentence(arguments, factor, letters, capsys):
    assert main(["convention", *arguments.split()]) == 0
    said = capsys.readouterr().out
    assert f" times {factor} is that of " in said and f"the factor is {letters}, here" in said
    assert main(["convention", *arguments.split(), "--json"]) == 0
    document = json.loads(capsys.readouterr().out)
    assert document["factor"] == factor and document["value"] == float(Fraction(factor))
    assert document["notes"] and all(note in said for note in document["notes"])


def test_the_command_says_where_two_losses_are_not_one(capsys):
    main(["convention", "pytorch", "pytorch_crossentropy", "--shape", "3,5"])
    assert "squared_error is not cross_entropy" in capsys.readouterr().out


def test_the_command_lists_every_row(capsys):
    assert main(["convention"]) == 0
    listed = capsys.readouterr().out
    assert all(f"| {row.name} " in listed for row in losses.ROWS)
    assert main(["convention", "--json"]) == 0
    assert len(json.loads(capsys.readouterr().out)["conventions"]) == len(losses.ROWS)


@pytest.mark.parametrize(
    ("arguments", "part"),
    [
        (["pytorch"], "--shape K,N"),
        (["pytorch", "optax"], "--shape K,N"),
        (["pytorch", "optax", "--shape", "3"], "--shape K,N"),
        (["pytorch", "optax", "--shape", "3,0"], "3,0"),
        (["torch", "optax", "--shape", "3,5"], "'torch'"),
        (["pytorch", "torch"], "'torch'"),
    ],
)
def test_the_command_refuses_in_one_sentence(arguments, part, capsys):
    assert main(["convention", *arguments]) == 2
    said = capsys.readouterr()
    assert part in said.err and not said.out


def test_the_page_of_conventions_is_current():
    spec = importlib.util.spec_from_file_location("generate", DOCS / "generate.py")
    generate = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(generate)
    for page in generate.PARTS:
        text = (DOCS / page).read_text(encoding="utf-8")
        assert "<!-- end -->" in text
        assert text == generate.current(page), f"docs/{page} is out of date: python docs/generate.py"
