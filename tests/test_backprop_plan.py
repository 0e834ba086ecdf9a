"""The plan against the pure path: the same numbers but for the last bits, the same course of a run."""

import tracemalloc
from functools import partial
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from port.backprop import L2, Layer, activations, losses, train
from port.backprop.arrays import ieee
from port.backprop.inplace import (
    CACHED,
    EXPIT_PAYS,
    IN_PLACE,
    softmax_cross_entropy,
    softmax_cross_entropy_of_labels,
)
from port.backprop.parameters import Parameters
from port.backprop.plan import Plan, Rule, lay_out
from port.reference import load_case, suite_folder
from port.reference.routes import l2_of, layers_of, loss_of

TRAINING = sorted(suite_folder().glob("*_train_*.mat"))
EPS = np.finfo(np.float64).eps
# Sums are taken in another order: a few ULP of the largest number a step, passed on from step to step.
ULPS_A_STEP = 8
MOST_EPOCHS, MOST_STEPS = 5, 200


def network(seed: int, sizes: tuple[int, ...], names: tuple[str, ...]) -> list[Layer]:
    rng = np.random.default_rng(seed)
    shapes = zip(sizes[1:], sizes[:-1], strict=True)
    return [
        Layer(rng.normal(size=shape) / np.sqrt(shape[1]), rng.normal(size=(shape[0], 1)), name)
        for shape, name in zip(shapes, names, strict=True)
    ]


def parameters(history) -> list[np.ndarray]:
    return [p for layer in history.layers for p in (layer.weights, layer.bias)]


def assert_same_course(planned, pure, steps: int) -> None:
    bound = ULPS_A_STEP * EPS * max(steps, 4)
    got = [*parameters(planned), *planned.steps.weights, *planned.steps.biases, planned.loss]
    want = [*parameters(pure), *pure.steps.weights, *pure.steps.biases, pure.loss]
    largest = max(1.0, *(np.abs(p).max() for p in parameters(pure)))
    for one, other in zip(got, want, strict=True):
        assert one.shape == other.shape
        assert np.abs(one - other).max() <= bound * max(largest, np.abs(other).max())
    np.testing.assert_array_equal(planned.accuracy, pure.accuracy)


def options_of(case) -> dict:
    """The options of the case, with no more than MOST_EPOCHS and about MOST_STEPS."""
    number = {key: case.input[key].item() for key in ("learning_rate", "epochs", "batch_size")}
    batches = -(-case.input["x"].shape[1] // int(number["batch_size"]))
    epochs = max(1, min(int(number["epochs"]), MOST_EPOCHS, MOST_STEPS // batches))
    return {
        "learning_rate": number["learning_rate"],
        "epochs": epochs,
        "batch_size": int(number["batch_size"]),
        "order": np.asarray(case.input["order"], dtype=int)[:epochs] - 1,
        "optimiser": str(case.meta.get("optimiser", "gd")),
        "momentum": float(np.asarray(case.input.get("momentum", 0.0)).item()),
        "l2": l2_of(case),
    }


def both(*arguments, **options):
    planned = train(*arguments, progress=False, **options)
    return planned, train(*arguments, progress=False, planned=False, **options)


# --- numbers ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", TRAINING, ids=lambda path: path.stem)
def test_every_reference_is_trained_alike(path):
    case = load_case(path)
    options = options_of(case)
    network, loss, (x, y) = layers_of(case), loss_of(case), (case.input["x"], case.input["y"])
    rule = Rule(*(options[name] for name in ("optimiser", "momentum", "l2")))
    assert lay_out(network, x, y, loss, rule, options["batch_size"], fused=True) is not None
    planned, pure = both(network, loss, x, y, **options)
    batches = -(-x.shape[1] // options["batch_size"])
    assert_same_course(planned, pure, batches * options["epochs"])


GOALS = {
    "squared_error": ("sigmoid", "identity", "softmax", "tanh"),
    "cross_entropy": ("softmax",),
    "kl": ("softmax",),
    "binary_cross_entropy": ("sigmoid",),
    "log_cosh": ("identity", "relu"),
}


@st.composite
def runs(draw):
    """A network, a loss and options of a short run."""
    name = draw(st.sampled_from(sorted(GOALS)))
    hidden = draw(st.lists(st.sampled_from(["sigmoid", "tanh", "relu", "identity", "softmax"]), max_size=2))
    sizes = tuple(draw(st.lists(st.integers(1, 6), min_size=len(hidden) + 2, max_size=len(hidden) + 2)))
    seed, samples = draw(st.integers(0, 2**32)), draw(st.integers(1, 12))
    rng = np.random.default_rng(seed)
    x, y = rng.normal(size=(sizes[0], samples)), np.eye(sizes[-1])[:, rng.integers(sizes[-1], size=samples)]
    if draw(st.booleans()):
        y = rng.dirichlet(np.ones(sizes[-1]), size=samples).T
    weights = {
        "class_weights": rng.uniform(0.5, 2, size=sizes[-1]) if draw(st.booleans()) else None,
        "sample_weights": rng.uniform(0.5, 2, size=samples) if draw(st.booleans()) else None,
    }
    over = draw(st.sampled_from(["sum", "samples", "elements"]))
    loss = losses.REGISTRY[name](losses.Convention(draw(st.booleans()), over), **weights)
    optimiser = draw(st.sampled_from(["gd", "sgdm", "traingdm"]))
    options = {
        "learning_rate": [0.03, 0.01],
        "epochs": 2,
        "batch_size": draw(st.sampled_from([1, 2, 3, 5, None])),
        "order": np.stack([rng.permutation(samples), np.arange(samples)]),
        "optimiser": optimiser,
        "momentum": 0.0 if optimiser == "gd" else 0.8,
        "l2": draw(st.sampled_from([None, L2(0.1), L2(0.2, biases=True, over="sum")])),
        "fused": draw(st.booleans()),
    }
    names = (*hidden, draw(st.sampled_from(GOALS[name])))
    return network(seed, sizes, names), loss, x, y, options


@settings(max_examples=150, deadline=None)
@given(runs())
def test_random_networks_are_trained_alike(run):
    *parts, options = run
    planned, pure = both(*parts, **options)
    assert_same_course(planned, pure, 24)


def test_labels_and_smoothing_are_trained_alike():
    rng = np.random.default_rng(3)
    x, labels = rng.normal(size=(4, 7)), np.array([1, 2, 3, 3, 2, 1, 1])
    loss = losses.CrossEntropy(label_offset=1, label_smoothing=0.1)
    parts = network(3, (4, 5, 3), ("tanh", "softmax")), loss, x, labels
    assert_same_course(*both(*parts, learning_rate=0.5, epochs=4, batch_size=3), steps=12)


@pytest.mark.parametrize("size", [3, EXPIT_PAYS + 1])
@pytest.mark.parametrize("activation", IN_PLACE, ids=lambda activation: activation.name)
def test_every_op_in_place_is_the_pure_one(activation, size):
    rng = np.random.default_rng(size)
    pure = activation()
    z = np.asfortranarray(rng.normal(size=(size, 2 + CACHED // size)) * 20)
    z[:, 0] = 0
    g = np.asfortranarray(rng.normal(size=z.shape))
    want, jacobian = pure(z)
    product = jacobian.vjp(g)
    a = np.ones((size + 1, z.shape[1]), order="F")
    ieee(IN_PLACE[activation].value)(pure, z, a[:-1])
    np.testing.assert_allclose(a[:-1], want, rtol=8 * EPS, atol=0)
    IN_PLACE[activation].vjp(pure, a[:-1], g)
    np.testing.assert_allclose(g, product, rtol=16 * EPS, atol=16 * EPS * np.abs(product).max())
    np.testing.assert_array_equal(a[-1], 1)


# --- what has no plan ------------------------------------------------------------------------------------------


class OwnLoss(losses.SquaredError):
    """A loss of the user's own."""


@pytest.mark.parametrize(
    "change",
    [
        pytest.param({"names": ("gelu", "softmax")}, id="an activation whose slope needs z"),
        pytest.param({"loss": OwnLoss()}, id="a loss of the user's own may do anything"),
        pytest.param({"optimiser": "nesterov"}, id="its gradient is taken elsewhere"),
        pytest.param({"missing": True}, id="batches count their known targets"),
        pytest.param({"dtype": np.float32}, id="single precision stays single"),
        pytest.param({"imaginary": 1j}, id="complex targets make complex gradients"),
    ],
)
def test_what_has_no_plan_takes_the_pure_path(change):
    rng = np.random.default_rng(1)
    x = rng.normal(size=(3, 6)).astype(change.get("dtype", np.float64))
    y = rng.uniform(size=(2, 6)) + change.get("imaginary", 0)
    if "missing" in change:
        y[0, 2] = np.nan
    layers = network(1, (3, 4, 2), change.get("names", ("sigmoid", "sigmoid")))
    loss = change.get("loss", losses.SquaredError())
    optimiser = change.get("optimiser", "gd")
    assert lay_out(layers, x, y, loss, Rule(optimiser), 2, fused=True) is None
    planned, pure = both(layers, loss, x, y, learning_rate=0.1, epochs=2, batch_size=2, optimiser=optimiser)
    for one, other in zip(parameters(planned), parameters(pure), strict=True):
        np.testing.assert_array_equal(one, other)


# --- the course of a run ---------------------------------------------------------------------------------------

RUN = {"learning_rate": 0.3, "batch_size": 2, "optimiser": "sgdm", "momentum": 0.5, "progress": False}


def xor():
    x = np.array([[0.0, 0, 1, 1, 0.5], [0, 1, 0, 1, 0.5]])
    return (
        network(5, (2, 3, 1), ("tanh", "sigmoid")),
        losses.SquaredError(),
        x,
        np.array([[0.0, 1, 1, 0, 0.5]]),
    )


def test_the_layers_given_stay_and_every_iterate_is_its_own_array():
    layers, *rest = xor()
    before = [p.copy() for layer in layers for p in (layer.weights, layer.bias)]
    history = train(layers, *rest, epochs=3, keep_iterates=True, **RUN)
    for layer, (W, b) in zip(layers, zip(before[::2], before[1::2], strict=True), strict=True):
        np.testing.assert_array_equal(layer.weights, W)
        np.testing.assert_array_equal(layer.bias, b)
    first, second, last = (weights[0] for weights in history.weights)
    assert not np.array_equal(first, second) and not np.array_equal(second, last)
    np.testing.assert_array_equal(last, history.layers[0].weights)


def test_a_checkpoint_goes_on_to_the_same_bits(tmp_path):
    straight = train(*xor(), epochs=4, **RUN)
    train(*xor(), epochs=2, checkpoint=tmp_path / "run.mat", **RUN)
    resumed = train(*xor(), epochs=4, checkpoint=tmp_path / "run.mat", **RUN)
    for one, other in zip(parameters(resumed), parameters(straight), strict=True):
        np.testing.assert_array_equal(one, other)
    np.testing.assert_array_equal(resumed.loss, straight.loss)


def test_an_interruption_within_an_epoch_leaves_the_epochs_before(monkeypatch):
    two = train(*xor(), epochs=2, kernel=False, **RUN)
    step, calls = Plan.step, []

    def interrupted(self, *arguments):
        calls.append(1)
        if len(calls) == 2 * 3 + 2:
            raise KeyboardInterrupt
        step(self, *arguments)

    monkeypatch.setattr(Plan, "step", interrupted)
    history = train(*xor(), epochs=4, kernel=False, **RUN)
    assert history.interrupted and history.epochs == 2
    for one, other in zip(parameters(history), parameters(two), strict=True):
        np.testing.assert_array_equal(one, other)


def test_a_step_makes_no_array_of_a_batchs_size():
    rng = np.random.default_rng(0)
    sizes, n = (20, 50, 30), 20_000
    x, y = np.asfortranarray(rng.normal(size=(20, n))), np.eye(30)[:, rng.integers(30, size=n)]
    layers = network(0, sizes, ("sigmoid", "softmax"))
    plan = lay_out(layers, x, y, losses.CrossEntropy(), Rule(), 5000, fused=True, kernel=False)
    steps = [np.zeros((K, S + 1)) for S, K in pairwise(sizes)]
    batches = np.split(np.arange(n), 4)
    at_rest = Parameters(tuple(s[:, :-1] for s in steps), tuple(s[:, -1:] for s in steps))
    tracemalloc.start()
    plan.descend(layers, at_rest, 0.1, batches)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 8 * 30 * 5000


# --- a head of many classes ------------------------------------------------------------------------------------


def of_labels(z, y, divisor, kernel):
    return softmax_cross_entropy_of_labels(z, y.argmax(axis=0), divisor=divisor, kernel=kernel)


HEADS = {
    "fused": softmax_cross_entropy,
    "structured": partial(softmax_cross_entropy, structured=True),
    "of labels": of_labels,
}


@pytest.mark.parametrize("kernel", [False, True], ids=["NumPy", "kernel"])
@pytest.mark.parametrize("head", HEADS.values(), ids=HEADS)
def test_the_head_in_place_is_the_pure_one(head, kernel):
    rng = np.random.default_rng(2)
    z = np.asfortranarray(rng.normal(size=(700, 50)) * 5)
    y = np.asfortranarray(np.eye(700)[:, rng.integers(700, size=50)])
    loss = losses.CrossEntropy()
    p, J = activations.softmax(z)
    want, delta = loss.value(p, y), J.vjp(loss.grad(p, y))
    got = head(z, y, divisor=50.0, kernel=kernel)
    assert abs(got - want) <= 16 * EPS * want
    np.testing.assert_allclose(z, delta, rtol=0, atol=32 * EPS * np.abs(delta).max())
