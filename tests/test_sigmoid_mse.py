"""The faithful port: its numbers against the recorded ones, its statements against the .m files."""

import ast
import re
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from port import sigmoid_mse
from port.reference import Tolerance, compare, load_case
from port.reference.case import Case, suite_folder

SOURCES = suite_folder().parent
CASES = {path.stem: path for path in sorted((SOURCES / "data").glob("sigmoid_mse_*.mat"))}
GRADIENTS = [name for name in CASES if "_train_" not in name]
TRAINING = [name for name in CASES if "_train_" in name]

# Gradients differ from Octave's by the order of summation alone; 30 epochs pass that on from step to step.
AS_GOOD_AS_EXACT = Tolerance(rtol=0.0, atol=1e-14)
AFTER_TRAINING = Tolerance(rtol=0.0, atol=1e-11)


def network(seed: int, *sizes: int, samples: int = 5):
    """Weights, biases, x and y of a random network."""
    rng = np.random.default_rng(seed)
    weights = [rng.normal(size=shape) for shape in zip(sizes[1:], sizes[:-1], strict=True)]
    biases = [rng.normal(size=(size, 1)) for size in sizes[1:]]
    return weights, biases, rng.normal(size=(sizes[0], samples)), rng.uniform(size=(sizes[-1], samples))


def network_of(case: Case):
    return [case.input[name] for name in ("weights", "biases", "x", "y")]


# --- numbers ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", GRADIENTS)
def test_gradients_and_intermediates_are_those_recorded(name):
    case = load_case(CASES[name])
    got = sigmoid_mse.backprop(*network_of(case))
    by_name = {**vars(got), "dW": got.dw, "loss": np.array([[got.loss]])}
    comparison = compare(
        {key: by_name[key] for key in case.expected}, case.expected, tolerance=AS_GOOD_AS_EXACT
    )
    assert comparison.ok, comparison


@pytest.mark.parametrize("name", TRAINING)
def test_every_epoch_of_training_is_the_one_recorded(name):
    case = load_case(CASES[name])
    options = {key: case.input[key].item() for key in ("learning_rate", "epochs", "batch_size")}
    history = sigmoid_mse.train(*network_of(case), **options, order=case.input["order"] - 1)
    for key in ("weights", "biases"):
        for epoch, recorded in enumerate(case.expected[key]):
            comparison = compare(getattr(history, key)[epoch], list(recorded), tolerance=AFTER_TRAINING)
            assert comparison.ok, f"{key} after epoch {epoch + 1}: {comparison}"
    comparison = compare(history.loss[:, np.newaxis], case.expected["loss"], tolerance=AFTER_TRAINING)
    assert comparison.ok, comparison


@given(st.integers(0, 2**32), st.lists(st.integers(1, 5), min_size=2, max_size=5), st.integers(1, 4))
def test_gradient_is_the_slope_of_the_loss(seed, sizes, samples):
    weights, biases, x, y = network(seed, *sizes, samples=samples)
    got = sigmoid_mse.backprop(weights, biases, x, y)
    rng = np.random.default_rng(seed + 1)
    along = [rng.normal(size=w.shape) for w in weights], [rng.normal(size=b.shape) for b in biases]

    def loss(step: float) -> float:
        moved = (
            [p + step * d for p, d in zip(*pair, strict=True)]
            for pair in zip((weights, biases), along, strict=True)
        )
        return sigmoid_mse.backprop(*moved, x, y).loss

    slope = (loss(1e-5) - loss(-1e-5)) / 2e-5
    pairs = zip([*got.dw, *got.db], [*along[0], *along[1]], strict=True)
    assert sum(np.sum(g * d) for g, d in pairs) == pytest.approx(slope, rel=1e-6, abs=1e-8)


def test_a_batch_is_the_sum_of_its_samples():
    weights, biases, x, y = network(1, 3, 4, 2)
    whole = sigmoid_mse.backprop(weights, biases, x, y)
    single = [sigmoid_mse.backprop(weights, biases, x[:, [n]], y[:, [n]]) for n in range(5)]
    assert whole.loss == pytest.approx(sum(one.loss for one in single), rel=1e-14)
    for layer in range(2):
        np.testing.assert_allclose(whole.dw[layer], sum(one.dw[layer] for one in single), rtol=1e-12)
        np.testing.assert_allclose(
            whole.delta[layer], np.hstack([one.delta[layer] for one in single]), rtol=1e-13
        )


def test_saturated_units_give_zero_without_a_warning():
    got = sigmoid_mse.backprop(
        [np.array([[1e4]])], [np.zeros((1, 1))], np.array([[-1.0, 1.0]]), np.zeros((1, 2))
    )
    assert got.a[0].tolist() == [[0.0, 1.0]]
    assert got.delta[0].tolist() == [[0.0, 0.0]]


# --- training --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("batch_size", [1, 2, 5, 99], ids=["online", "uneven", "full", "larger-than-N"])
def test_training_steps_down_the_gradient_batch_by_batch(batch_size):
    weights, biases, x, y = network(2, 3, 2)
    order = np.array([[4, 2, 0, 1, 3], [0, 1, 2, 3, 4]])
    history = sigmoid_mse.train(
        weights, biases, x, y, learning_rate=0.3, epochs=2, batch_size=batch_size, order=order
    )
    W, b = weights[0], biases[0]
    for row in order:
        for first in range(0, 5, batch_size):
            batch = row[first : first + batch_size]
            a = 1 / (1 + np.exp(-(W @ x[:, batch] + b)))
            delta = (a - y[:, batch]) * a * (1 - a)
            W, b = W - 0.3 * delta @ x[:, batch].T, b - 0.3 * delta.sum(axis=1, keepdims=True)
    np.testing.assert_allclose(history.weights[1][0], W, rtol=1e-13)
    np.testing.assert_allclose(history.biases[1][0], b, rtol=1e-13)


def test_one_order_serves_every_epoch():
    one = sigmoid_mse.train(*network(3, 3, 2), learning_rate=1, epochs=2, order=[4, 2, 0, 1, 3])
    each = sigmoid_mse.train(*network(3, 3, 2), learning_rate=1, epochs=2, order=[[4, 2, 0, 1, 3]] * 2)
    assert one.loss.tolist() == each.loss.tolist()


def test_samples_keep_their_order_where_none_is_given():
    given_order = sigmoid_mse.train(*network(3, 3, 2), learning_rate=1, epochs=2, order=[[0, 1, 2, 3, 4]] * 2)
    without = sigmoid_mse.train(*network(3, 3, 2), learning_rate=1, epochs=2)
    assert without.loss.tolist() == given_order.loss.tolist()


def test_arguments_are_not_modified_and_epochs_do_not_share_arrays():
    weights, biases, x, y = network(4, 3, 2)
    before = [array.copy() for array in (*weights, *biases, x, y)]
    history = sigmoid_mse.train(weights, biases, x, y, learning_rate=1, epochs=2)
    for array, copy in zip((*weights, *biases, x, y), before, strict=True):
        assert np.array_equal(array, copy)
    assert not np.array_equal(history.weights[0][0], history.weights[1][0])


def test_integers_are_taken_as_float64():
    got = sigmoid_mse.backprop([np.eye(2, dtype=np.uint8)], [[[0], [0]]], [[1], [0]], np.ones((2, 1), bool))
    assert got.delta[0].dtype == np.float64
    assert got.delta[0][1, 0] == -0.125


# --- errors ----------------------------------------------------------------------------------------------------

W, B, X, Y = [np.zeros((2, 3))], [np.zeros((2, 1))], np.zeros((3, 4)), np.zeros((2, 4))


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        pytest.param(([], [], X, Y), "0 weights and 0 biases", id="no-layers"),
        pytest.param((W, [], X, Y), "1 weights and 0 biases", id="bias-missing"),
        pytest.param((W, B, X.T, Y), r"takes 3 inputs, but x gives 4 features.*pass x\.T", id="x-transposed"),
        pytest.param((W * 2, B * 2, X, Y), r"weights\[1\] is 2 x 3 .*layer 0 gives 2", id="layers-unchained"),
        pytest.param((W, [np.zeros((1, 2))], X, Y), r"biases\[0\] must be 2 x 1; it is 1 x 2", id="bias-row"),
        pytest.param((W, [np.zeros(2)], X, Y), r"biases\[0\] has shape \(2,\)", id="bias-1-D"),
        pytest.param((W, B, X, Y.T), "y is 4 x 2.*2 x 4", id="y-transposed"),
        pytest.param((W, B, X[:, 0], Y), r"x has shape \(3,\)", id="x-1-D"),
        pytest.param((W, B, X + 1j, Y), "x has shape.*complex128", id="x-complex"),
        pytest.param((None, B, X, Y), "weights is None; it must be a list", id="no-weights"),
        pytest.param((W, B, [[1, 2], [3]], Y), "x is no array: its rows differ", id="x-ragged"),
        pytest.param((W, B, [["a"] * 4] * 3, Y), "x has shape.*<U1", id="x-text"),
    ],
)
def test_backprop_refuses(arguments, message):
    with pytest.raises(ValueError, match=message):
        sigmoid_mse.backprop(*arguments)


@pytest.mark.parametrize(
    ("options", "message"),
    [
        pytest.param(
            {"order": [[1, 2, 3, 4]]},
            "order counts from 1 to 4, as MATLAB does; pass order - 1",
            id="1-based",
        ),
        pytest.param({"order": [[0, 0, 1, 2]]}, "permutation of 0 to 3", id="no-permutation"),
        pytest.param(
            {"order": [[0, 1, 2, 3]] * 2}, r"shape \(2, 4\); it must be.*\(1, 4\)", id="order-epochs"
        ),
        pytest.param({"order": [0, 1, 2]}, r"shape \(3,\); it must be", id="order-length"),
        pytest.param({"epochs": 0}, "epochs is 0", id="no-epochs"),
        pytest.param({"epochs": float("inf")}, "epochs is inf", id="endless"),
        pytest.param({"epochs": "3"}, "epochs is '3'", id="epochs-text"),
        pytest.param({"batch_size": None}, "batch_size is None", id="no-batch"),
        pytest.param({"learning_rate": None}, "learning_rate is None", id="no-rate"),
        pytest.param({"learning_rate": [0.1, 0.2]}, r"learning_rate is \[0.1, 0.2\]", id="two-rates"),
        pytest.param({"order": [[0, 1, 2, 3], [1]]}, "order is no array", id="order-ragged"),
        pytest.param({"batch_size": 0}, "batch_size is 0", id="empty-batch"),
        pytest.param({"batch_size": 1.5}, "batch_size is 1.5", id="broken-batch"),
    ],
)
def test_train_refuses(options, message):
    with pytest.raises(ValueError, match=message):
        sigmoid_mse.train(W, B, X, Y, **{"learning_rate": 0.1, "epochs": 1, **options})


# --- statement by statement ------------------------------------------------------------------------------------

LIBRARY = {
    *("numel", "deal", "cell", "exp", "sum", "size", "zeros", "min", "struct"),
    *("len", "range", "np", "shape", "axis", "keepdims", "True", "T", "copy", "UNSET", "_", "float"),
    *("Pass", "History", "for", "in", "return"),
}
RENAMED = {"result": "pass", "dw": "dW"}
OPERATORS = re.compile(r"\.\*|\./|\.\^|\*\*|\.T\b|[-+*/@']")
PORTED_AS = {".*": "*", "./": "/", ".^": "**", "*": "@*", "+": "+", "-": "-", "/": "/", "'": ".T"}
COMPUTED = {"z", "a", "loss", "delta", "dW", "db", "weights", "biases"}


def matlab_statements(path: Path) -> list[str]:
    lines = [line.strip().rstrip(";") for line in path.read_text().splitlines()]
    return [line for line in lines if line and not re.match(r"%|end$|function\b", line)]


def python_statements(name: str) -> list[str]:
    tree = ast.parse(Path(sigmoid_mse.__file__).read_text())
    [function] = [node for node in tree.body if isinstance(node, ast.FunctionDef) and node.name == name]
    return [text for node in function.body[1:] for text in headers(node)]


def headers(node: ast.stmt) -> list[str]:
    """A statement as text; of a loop its head, then its body."""
    if not isinstance(node, ast.For):
        return [ast.unparse(node)]
    head = f"for {ast.unparse(node.target)} in {ast.unparse(node.iter)}"
    return [head, *(text for inner in node.body for text in headers(inner))]


def names(statement: str) -> list[str]:
    """The variables of a statement: what is assigned first, then the others sorted; no functions, no field names."""
    words = re.findall(r"[A-Za-z_]\w*", re.sub(r"'\w+', |\w+=(?!=)", "", statement.replace(" = ", " ")))
    found = [RENAMED.get(word, word) for word in words if word not in LIBRARY]
    return [found[0], *sorted(found[1:])]


def operators(statement: str) -> list[str]:
    return OPERATORS.findall(statement.split(" = ", 1)[-1])


def differences(there: list[str], here: list[str]) -> list[str]:
    """The pairs of statements with other variables or, where something is computed, other arithmetic."""
    found = [f"{len(there)} statements there, {len(here)} here"] if len(there) != len(here) else []
    for matlab, python in zip(there, here, strict=False):
        before, after = operators(matlab), operators(python)
        same = names(matlab) == names(python)
        if same and names(matlab)[0] in COMPUTED:
            pairs = zip(before, after, strict=False)
            same = len(before) == len(after) and all(b in PORTED_AS[a] for a, b in pairs)
        if not same:
            found.append(f"{matlab}   |   {python}")
    return found


@pytest.mark.parametrize("name", ["sigmoid_mse", "sigmoid_mse_train"])
def test_statement_n_there_is_statement_n_here(name):
    *there, struct = matlab_statements(SOURCES / f"{name}.m")
    *here, result = python_statements(name)
    assert differences(there, here) == []
    assert sorted(names(struct)[1:]) == sorted(names(result))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        pytest.param(".T @ delta", " @ delta", id="transpose-dropped"),
        pytest.param(" * a * (1 - a)", " * a", id="factor-left-out"),
        pytest.param("weights[layer] @ a + biases", "weights[layer] @ a - biases", id="sign"),
        pytest.param("inputs[layer].T", "A[layer].T", id="other-variable"),
        pytest.param("(a - y) * a", "(a - y) @ a", id="matrix-product"),
    ],
)
def test_a_statement_that_is_another_is_noticed(old, new):
    there = matlab_statements(SOURCES / "sigmoid_mse.m")[:-1]
    here = python_statements("sigmoid_mse")[:-1]
    assert any(old in statement for statement in here)
    assert differences(there, [statement.replace(old, new) for statement in here])
    assert differences(there, here[1:])


def test_the_output_line_is_the_one_asked_about():
    assert "delta = (a - y) .* a .* (1 - a)" in matlab_statements(SOURCES / "sigmoid_mse.m")


def test_the_port_imports_numpy_alone():
    tree = ast.parse(Path(sigmoid_mse.__file__).read_text())
    imported = {node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    imported |= {
        alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names
    }
    assert imported == {"collections.abc", "dataclasses", "numpy", "numpy.typing"}
