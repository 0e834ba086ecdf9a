"""Training: step by step as the loops written by hand, resumed to the same bits; SciPy's optimisers."""

import numpy as np
import pytest
from test_backprop_network import draw, network, targets

from port.backprop import L2, Layer, activations, backward, forward, losses, minimize, train, value
from port.errors import ArgumentError, MatportError, ShapeError

COST = losses.CrossEntropy()
N = 10
NET, X, Y = network("softmax", (3, 5, 4)), draw(3, N), targets("cross_entropy", 4, N)
MODES = {"online": 1, "mini-batch": 4, "full-batch": None}
MOMENTUM = {"gd": 0.0, "sgdm": 0.9, "traingdm": 0.8, "nesterov": 0.9}
ORDER = np.array([np.random.default_rng(e).permutation(N) for e in range(3)])


def by_hand(optimiser, batch_size, order, rate=0.3, strength=0.0, epochs=3):
    """The loop as it is written in MATLAB: sigmoid hidden layer, softmax, cross-entropy over the batch."""
    W1, b1, W2, b2 = (array.copy() for layer in NET for array in (layer.weights, layer.bias))
    s, m = [np.zeros_like(p) for p in (W1, b1, W2, b2)], MOMENTUM[optimiser]
    rows = np.broadcast_to(order, (epochs, N))
    for epoch in range(epochs):
        for start in range(0, N, batch_size or N):
            columns = rows[epoch, start : start + (batch_size or N)]
            x, y, n = X[:, columns], Y[:, columns], len(columns)
            ahead = m if optimiser == "nesterov" else 0.0
            P1, c1, P2, c2 = (p + ahead * v for p, v in zip((W1, b1, W2, b2), s, strict=True))
            a1 = np.tanh(P1 @ x + c1)
            e = np.exp(P2 @ a1 + c2)
            d2 = (e / e.sum(axis=0) - y) / n
            d1 = (1 - a1**2) * (P2.T @ d2)
            g = [d1 @ x.T + strength / n * P1, d1.sum(axis=1, keepdims=True)]
            g += [d2 @ a1.T + strength / n * P2, d2.sum(axis=1, keepdims=True)]
            scale = rate * (1 - m) if optimiser == "traingdm" else rate
            s = [m * v - scale * slope for v, slope in zip(s, g, strict=True)]
            W1, b1, W2, b2 = (p + v for p, v in zip((W1, b1, W2, b2), s, strict=True))
    return W1, b1, W2, b2


def same(history, want, rtol=1e-12):
    got = [array for layer in history.layers for array in (layer.weights, layer.bias)]
    for one, other in zip(got, want, strict=True):
        np.testing.assert_allclose(one, other, rtol=rtol, atol=1e-14)


def bits(history):
    arrays = [array for layer in history.layers for array in (layer.weights, layer.bias)]
    arrays += [*history.steps.weights, *history.steps.biases, history.loss, history.accuracy]
    arrays += [array for kept in (*history.weights, *history.biases) for array in kept]
    return b"".join(array.tobytes() for array in arrays)


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("optimiser", MOMENTUM)
@pytest.mark.parametrize("order", [np.arange(N), ORDER], ids=["in-order", "given-order"])
def test_training_is_the_loop_written_by_hand(optimiser, mode, order):
    history = train(
        NET, COST, X, Y, learning_rate=0.3, epochs=3, batch_size=MODES[mode],
        order=order, optimiser=optimiser, momentum=MOMENTUM[optimiser],
    )  # fmt: skip
    same(history, by_hand(optimiser, MODES[mode], order))


def test_the_penalty_is_over_the_batch():
    history = train(NET, COST, X, Y, learning_rate=0.3, epochs=3, batch_size=4, l2=L2(0.5))
    same(history, by_hand("gd", 4, np.arange(N), strength=0.5))


def test_a_rate_for_every_epoch():
    stepwise = NET
    for rate in (0.3, 0.2, 0.1):
        stepwise = train(stepwise, COST, X, Y, learning_rate=rate, epochs=1).layers
    history = train(NET, COST, X, Y, learning_rate=[0.3, 0.2, 0.1], epochs=3)
    same(history, [array for layer in stepwise for array in (layer.weights, layer.bias)], 0)


def test_the_history_holds_loss_accuracy_and_iterates():
    history = train(NET, COST, X, Y, learning_rate=0.3, epochs=4, batch_size=3, keep_iterates=True)
    assert history.epochs == 4 and len(history.weights) == 4 == len(history.biases)
    for epoch in range(4):
        parts = zip(NET, history.weights[epoch], history.biases[epoch], strict=True)
        tape = forward([Layer(W, b, layer.activation) for layer, W, b in parts], X)
        np.testing.assert_array_max_ulp(history.loss[epoch], value(tape, COST, Y), 4)  # sums in another order
        assert history.accuracy[epoch] == np.mean(tape.output.argmax(axis=0) == Y.argmax(axis=0))
    assert train(NET, COST, X, Y, learning_rate=0.3, epochs=1).weights == ()


def test_samples_without_target_do_not_count_as_right_or_wrong():
    y = Y.copy()
    y[:, :4] = np.nan
    known = train(NET, COST, X[:, 4:], Y[:, 4:], learning_rate=0.1, epochs=2)
    np.testing.assert_array_equal(
        train(NET, COST, X, y, learning_rate=0.1, epochs=2).accuracy, known.accuracy
    )


def test_one_output_is_right_on_its_side_of_the_middle():
    layer = [Layer(np.eye(1), np.zeros((1, 1)), "identity")]
    x, y = np.array([[0.2, 0.9, 0.6]]), np.array([[0.0, 1.0, 0.0]])
    assert train(layer, losses.SquaredError(), x, y, learning_rate=0, epochs=1).accuracy == [2 / 3]


@pytest.mark.parametrize("labels", [np.r_[1, 4, 2, 3, 3, 1, 4, 2, 2, 1.0]])
@pytest.mark.parametrize("shape", [(-1,), (1, -1), (-1, 1)], ids=str)
def test_labels_and_weights_follow_their_samples(labels, shape):
    weights = np.arange(1.0, N + 1)
    hot = losses.one_hot(labels, 4, 1)
    options = {"learning_rate": 0.2, "epochs": 3, "batch_size": 3, "order": ORDER}
    by_label = losses.CrossEntropy(label_offset=1, sample_weights=weights)
    one = train(NET, by_label, X, labels.reshape(shape), **options)
    other = train(NET, losses.CrossEntropy(sample_weights=weights), X, hot, **options)
    assert bits(one) == bits(other)


@pytest.mark.parametrize("planned", [True, False], ids=["planned", "pure"])
def test_a_saturated_sample_without_weight_moves_nothing(planned):
    layer = [Layer(np.eye(1), np.zeros((1, 1)), "sigmoid")]
    x, y = np.array([[800.0, -800.0, 0.5]]), np.array([[0.0, 1.0, 1.0]])
    options = {"learning_rate": 0.1, "epochs": 2, "fused": False, "planned": planned}
    total = losses.Convention(over="sum")
    loss = losses.BinaryCrossEntropy(total, sample_weights=np.array([0, 0, 1.0]))
    (found,) = train(layer, loss, x, y, **options).layers
    (alone,) = train(layer, losses.BinaryCrossEntropy(total), x[:, 2:], y[:, 2:], **options).layers
    np.testing.assert_allclose(found.weights - 1, alone.weights - 1, rtol=1e-12)


def test_training_changes_nothing_given_and_repeats_to_the_bit():
    before = [array.copy() for layer in NET for array in (layer.weights, layer.bias)]
    one, other = (train(NET, COST, X, Y, learning_rate=0.3, epochs=3, batch_size=2) for _ in range(2))
    assert bits(one) == bits(other)
    now = [array for layer in NET for array in (layer.weights, layer.bias)]
    assert all(np.array_equal(a, b) for a, b in zip(before, now, strict=True))


@pytest.mark.parametrize("optimiser", MOMENTUM)
def test_a_run_resumes_to_the_same_bits(optimiser, tmp_path):
    options = {
        "learning_rate": 0.3,
        "batch_size": 3,
        "optimiser": optimiser,
        "momentum": MOMENTUM[optimiser],
        "keep_iterates": True,
    }
    order = np.array([np.random.default_rng(e).permutation(N) for e in range(5)])
    whole = train(NET, COST, X, Y, epochs=5, order=order, **options)
    path = tmp_path / "run.mat"
    train(NET, COST, X, Y, epochs=2, order=order[:2], checkpoint=path, **options)
    rest = train(NET, COST, X, Y, epochs=5, order=order, checkpoint=path, **options)
    assert (
        bits(whole)
        == bits(rest)
        == bits(train(NET, COST, X, Y, epochs=5, order=order, checkpoint=path, **options))
    )
    assert [entry.name for entry in tmp_path.iterdir()] == ["run.mat"]


class Interrupts(losses.CrossEntropy):
    """A loss during whose `left`-th use the user presses Ctrl-C."""

    left = 0

    def targets(self, y, shape):
        Interrupts.left -= 1
        if Interrupts.left == 0:
            raise KeyboardInterrupt
        return super().targets(y, shape)


@pytest.mark.parametrize(("uses", "epochs"), [(3, 0), (17, 2)])
def test_an_interruption_returns_what_is_done(uses, epochs, tmp_path):
    Interrupts.left = uses
    options = {"learning_rate": 0.3, "batch_size": 2, "fused": False, "planned": False}
    history = train(NET, Interrupts(), X, Y, epochs=6, checkpoint=tmp_path / "run.mat", **options)
    assert history.interrupted and history.epochs == epochs
    if epochs:
        assert bits(history) == bits(train(NET, COST, X, Y, epochs=epochs, **options))
    resumed = train(NET, Interrupts(), X, Y, epochs=6, checkpoint=tmp_path / "run.mat", **options)
    assert not resumed.interrupted and bits(resumed) == bits(train(NET, COST, X, Y, epochs=6, **options))


def test_progress_is_shown_where_it_is_wanted(capsys):
    train(NET, COST, X, Y, learning_rate=0.1, epochs=2, progress=True)
    assert "training: 100%" in capsys.readouterr().err
    train(NET, COST, X, Y, learning_rate=0.1, epochs=2)
    assert capsys.readouterr().err == ""


def test_a_checkpoint_of_something_else_is_refused(tmp_path):
    path = tmp_path / "run.mat"
    options = {"learning_rate": 0.1, "epochs": 1, "checkpoint": path}
    train(NET, COST, X, Y, **options)
    whole = path.read_bytes()
    with pytest.raises(
        MatportError, match=r"run\.mat.*no checkpoint of this network.*W1 is 5 x 3; 6 x 3 is expected"
    ):
        train(network("softmax", (3, 6, 4)), COST, X, Y, **options)
    with pytest.raises(
        MatportError, match=r"is of gd, momentum 0, .*tanh-softmax; the run is of sgdm, momentum 0\.9"
    ):
        train(NET, COST, X, Y, optimiser="sgdm", momentum=0.9, **options)
    with pytest.raises(MatportError, match=r"tanh-softmax; the run is of .*relu-softmax"):
        train(network("softmax", (3, 5, 4), "relu"), COST, X, Y, **options)
    for damaged in (b"", b"not a mat file", whole[:200], whole[: len(whole) // 2], whole[:-1]):
        path.write_bytes(damaged)
        with pytest.raises(MatportError, match="is no checkpoint of this network"):
            train(NET, COST, X, Y, **options)


def test_a_checkpoint_that_cannot_be_written_says_so(tmp_path):
    with pytest.raises(MatportError, match=r"nowhere.*cannot be written here"):
        train(NET, COST, X, Y, learning_rate=0.1, epochs=1, checkpoint=tmp_path / "nowhere" / "run.mat")


@pytest.mark.parametrize(
    ("options", "error", "parts"),
    [
        ({"optimiser": "adam"}, ArgumentError, ["'adam'", "sgdm"]),
        ({"momentum": 0.9}, ArgumentError, ["0.9 with gd"]),
        ({"optimiser": "sgdm", "momentum": 1.0}, ArgumentError, ["momentum is 1.0"]),
        ({"epochs": 0}, ArgumentError, ["epochs is 0"]),
        ({"epochs": 1.5}, ArgumentError, ["epochs is 1.5"]),
        ({"epochs": "3"}, ArgumentError, ["epochs is '3'"]),
        ({"batch_size": float("nan")}, ArgumentError, ["batch_size is nan"]),
        ({"learning_rate": "fast"}, ArgumentError, ["learning_rate holds"]),
        ({"l2": 0.1}, ArgumentError, ["l2 is 0.1"]),
        ({"batch_size": 0}, ArgumentError, ["batch_size is 0"]),
        ({"batch_size": 2.5}, ArgumentError, ["batch_size is 2.5"]),
        ({"learning_rate": float("nan")}, ArgumentError, ["learning_rate", "nan"]),
        ({"learning_rate": [0.1, 0.2, 0.3]}, ArgumentError, ["one for each of 2"]),
        ({"order": np.arange(1, N + 1)}, ArgumentError, ["order - 1"]),
        ({"order": np.arange(N - 1)}, ShapeError, ["(9,)", "(10,)"]),
        ({"order": list("abcdefghij")}, ArgumentError, ["order holds"]),
        ({"order": [[0, 1], [2]]}, ShapeError, ["order is no array"]),
        ({"optimiser": "sgdm", "momentum": "a"}, ArgumentError, ["momentum is 'a'"]),
        ({"learning_rate": 0.1j}, ArgumentError, ["learning_rate is one finite number"]),
        ({"order": np.full(N, -1)}, ArgumentError, ["0 to 9"]),
    ],
    ids=str,
)
def test_arguments_are_checked(options, error, parts):
    with pytest.raises(error) as caught:
        train(NET, COST, X, Y, **{"learning_rate": 0.1, "epochs": 2, **options})
    assert all(part in str(caught.value) for part in parts), str(caught.value)
    with pytest.raises(ArgumentError, match=r"the loss is 'mse'"):
        train(NET, "mse", X, Y, learning_rate=0.1, epochs=1)
    with pytest.raises(ShapeError, match=r"y is 10 x 4; 4 x 10 is expected: pass y\.T"):
        train(NET, COST, X, Y.T, learning_rate=0.1, epochs=1)


def test_the_users_own_activation_is_trained_as_the_built_in():
    own = [Layer(NET[0].weights, NET[0].bias, activations.from_function(np.tanh)), NET[1]]
    want = train(NET, COST, X, Y, learning_rate=0.3, epochs=3)
    same(
        train(own, COST, X, Y, learning_rate=0.3, epochs=3),
        [p for q in want.layers for p in (q.weights, q.bias)],
        1e-11,
    )


REGRESSION = network("identity", (2, 4, 1))
XS, YS = draw(2, 40), draw(1, 40, seed=5)


@pytest.mark.parametrize("method", ["L-BFGS-B", "BFGS", "CG", "Newton-CG", "trust-ncg", "trust-krylov"])
def test_minimize_reaches_a_point_without_slope(method):
    found = minimize(NET, COST, X, Y, method=method, l2=L2(0.2), iterations=300, tolerance=1e-12)
    gradients = backward(forward(found.layers, X), COST, Y, l2=L2(0.2))
    largest = max(np.abs(array).max() for array in (*gradients.weights, *gradients.biases))
    assert largest < 1e-5 and found.iterations > 1 and found.message
    assert found.loss == pytest.approx(value(forward(found.layers, X), COST, Y, l2=L2(0.2)), rel=1e-12)


def test_logistic_regression_is_the_one_minimum():
    layer = network("sigmoid", (2, 1))
    y = (draw(1, 40, seed=3) + XS[:1] > 0).astype(float)
    cost, l2 = losses.BinaryCrossEntropy(), L2(1.0)
    found = [
        minimize(layer, cost, XS, y, method=m, l2=l2, tolerance=1e-10)
        for m in ("L-BFGS-B", "trust-ncg", "CG")
    ]
    for other in found[1:]:
        np.testing.assert_allclose(other.layers[0].weights, found[0].layers[0].weights, atol=1e-4)


@pytest.mark.parametrize(
    "cost", [losses.SquaredError(), losses.SquaredError("pytorch", sample_weights=np.arange(40))]
)
def test_levenberg_marquardt_solves_least_squares(cost):
    line = [Layer(np.zeros((1, 2)), np.zeros((1, 1)), "identity")]
    found = minimize(line, cost, XS, YS, method="lm")
    weight = np.sqrt(np.ones(40) if cost.sample_weights is None else np.arange(40))
    A = np.vstack([XS, np.ones(40)]) * weight
    want = np.linalg.lstsq(A.T, YS[0] * weight)[0]
    got = [*found.layers[0].weights.ravel(), *found.layers[0].bias.ravel()]
    np.testing.assert_allclose(got, want, rtol=1e-8)
    assert found.loss == pytest.approx(value(forward(found.layers, XS), cost, YS), rel=1e-12)


def test_levenberg_marquardt_goes_lower_than_where_it_began():
    cost = losses.SquaredError()
    found = minimize(REGRESSION, cost, XS, YS, method="lm", iterations=200)
    assert found.loss < value(forward(REGRESSION, XS), cost, YS) / 1.05
    two = network("tanh", (2, 3, 2))
    lower = minimize(two, cost, XS, np.vstack([YS, XS[:1]]), method="lm", iterations=50)
    assert lower.loss < value(forward(two, XS), cost, np.vstack([YS, XS[:1]]))


@pytest.mark.parametrize(
    ("options", "parts"),
    [
        ({"method": "trainlm"}, ["'trainlm'", "lm", "L-BFGS-B"]),
        ({"method": "lm"}, ["squared_error"]),
        ({"iterations": 0}, ["iterations is 0"]),
        ({"method": "lm", "iterations": -1}, ["iterations is -1"]),
        ({"tolerance": "fine"}, ["tolerance is 'fine'"]),
        ({"options": 3}, ["options is 3"]),
    ],
)
def test_minimize_refuses_what_it_cannot_do(options, parts):
    with pytest.raises(ArgumentError) as caught:
        minimize(NET, COST, X, Y, **options)
    assert all(part in str(caught.value) for part in parts)
    with pytest.raises(
        ArgumentError, match=r"at least as many residuals as parameters; here are 2 .* and 17"
    ):
        minimize(REGRESSION, losses.SquaredError(), XS[:, :2], YS[:, :2], method="lm")
    with pytest.raises(ShapeError, match=r"pass x\.T"):
        minimize(REGRESSION, losses.SquaredError(), XS.T, YS)
    below_0 = losses.SquaredError(sample_weights=-np.ones(XS.shape[1]))
    with pytest.raises(ArgumentError, match="lm takes weights from 0"):
        minimize(REGRESSION, below_0, XS, YS, method="lm")


def test_outputs_that_the_loss_cannot_take_are_said():
    net = network("tanh", (3, 5, 4))
    with pytest.raises(ArgumentError, match=r"cross_entropy needs probabilities above 0, .*; tanh gave -0"):
        train(net, COST, X, Y, learning_rate=0.1, epochs=1)


def test_without_samples_there_is_nothing_to_train_on():
    with pytest.raises(ArgumentError, match="x holds no samples"):
        train(NET, COST, X[:, :0], Y[:, :0], learning_rate=0.1, epochs=2)


def test_numbers_of_matlab_come_as_floats_and_as_arrays_of_one():
    plain, given = (
        train(NET, COST, X, Y, learning_rate=rate, epochs=epochs, batch_size=size)
        for rate, epochs, size in ((0.1, 2, 3), (np.array([[0.1]]), 2.0, 3.0))
    )
    np.testing.assert_array_equal(plain.loss, given.loss)
