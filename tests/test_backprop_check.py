"""The gradient checker: it finds seeded bugs, says where and how, and is silent on every clean case."""

import numpy as np
import pytest
from test_backprop_network import COMBINATIONS, draw, network, targets

from port.backprop import L2, Layer, Parameters, activations, backward, check_gradients, forward, losses
from port.errors import ArgumentError, ShapeError

COST = losses.CrossEntropy()
NET, X, Y = network("softmax", (3, 5, 4)), draw(3, 8), targets("cross_entropy", 4, 8)


def bug(name, mutate):
    """Gradients of NET with one array changed: `name` is (kind, layer from 0)."""
    right = backward(forward(NET, X), COST, Y)
    parts = {"weights": [W.copy() for W in right.weights], "biases": [b.copy() for b in right.biases]}
    parts[name[0]][name[1]] = mutate(parts[name[0]][name[1]])
    return Parameters(tuple(parts["weights"]), tuple(parts["biases"]))


def changed(place, change):
    def mutate(array):
        array[place] = change(array[place])
        return array

    return mutate


SEEDED = [
    pytest.param(("weights", 0), lambda W: 2.001 * W, "2.001 times", id="factor-2.001"),
    pytest.param(("weights", 1), lambda W: W * 8, "8 times", id="sum-for-mean"),
    pytest.param(("weights", 1), lambda W: W * (1 + 1e-9), "1 times", id="factor-1.000000001"),
    pytest.param(("biases", 0), lambda b: -b, "-1 times", id="sign-of-all"),
    pytest.param(("weights", 0), changed((2, 1), lambda v: -v), "the sign of 1 of 15", id="sign-of-one"),
    pytest.param(("weights", 1), changed((3, 4), lambda v: v + 1e-6), "1 of 20 elements", id="one-element"),
    pytest.param(("weights", 1), changed((0,), lambda v: 0 * v), "5 of 20 elements", id="missing-row"),
    pytest.param(("biases", 1), lambda b: b + 0.01, "a constant", id="constant-added"),
    pytest.param(
        ("weights", 0), lambda W: W - 0.1 * NET[0].weights / 8, "every element", id="missing-penalty"
    ),
    pytest.param(
        ("weights", 0), changed((0, 0), lambda v: np.nan), "1 of 15 elements are not finite", id="nan"
    ),
]


@pytest.mark.parametrize(("where", "mutate", "how"), SEEDED)
def test_a_seeded_bug_is_found_and_described(where, mutate, how):
    found = check_gradients(NET, COST, X, Y, gradients=bug(where, mutate))
    wrong = [array for array in found.arrays if not array.ok]
    kind = {"weights": "weights", "biases": "bias"}[where[0]]
    assert not found.ok and [array.name for array in wrong] == [f"{kind} of layer {where[1] + 1}"]
    assert how in wrong[0].how, wrong[0].how
    assert "WRONG" in str(found) and wrong[0].name in str(found)


def test_a_single_wrong_element_is_pointed_at_in_both_countings():
    found = check_gradients(NET, COST, X, Y, gradients=bug(("weights", 0), changed((2, 1), lambda v: v + 1)))
    assert found.arrays[0].at == (2, 1) and "(3,2) / [2, 1]" in str(found)


def test_a_missing_term_of_the_loss_is_found():
    def forgets_the_penalty(layers, x, y):
        return backward(forward(layers, x), COST, y)

    found = check_gradients(NET, COST, X, Y, l2=L2(0.5), gradients=forgets_the_penalty)
    assert [a.ok for a in found.arrays] == [False, True, False, True]
    assert check_gradients(NET, COST, X, Y, l2=L2(0.5)).ok


def test_a_transposed_square_gradient_is_found():
    layers = network("softmax", (4, 4))
    x = draw(4, 8)
    right = backward(forward(layers, x), COST, Y)
    turned = Parameters(tuple(W.T for W in right.weights), right.biases)
    assert not check_gradients(layers, COST, x, Y, gradients=turned).ok


def test_the_slope_of_another_activation_is_found():
    wrong = backward(forward(network("softmax", (3, 5, 4), "sigmoid"), X), COST, Y)
    assert not check_gradients(NET, COST, X, Y, gradients=wrong).ok


class WrongVjp(activations.Softmax):
    """Softmax whose Jacobian has J on the wrong side in vjp."""

    def jacobian(self, z, a):
        right = super().jacobian(z, a)
        wrong = activations.log_softmax.jacobian(z, a)
        object.__setattr__(wrong, "_jvp", right._jvp)
        return wrong


@pytest.mark.parametrize("scale", [1.0, 10.0, 20.0, 30.0, 40.0, 400.0])
def test_a_saturated_softmax_is_not_called_wrong(scale):
    layers = [
        Layer(draw(3, 4), np.zeros((3, 1)), "tanh"),
        Layer(scale * np.eye(3), [[scale], [0], [0]], "softmax"),
    ]
    for samples in (1, 3):
        found = check_gradients(layers, COST, draw(4, samples), np.eye(3)[:, :samples])
        assert found.ok, str(found)


def test_a_jacobian_whose_products_disagree_is_found():
    layers = [Layer(draw(4, 3), draw(4, 1), WrongVjp())]
    found = check_gradients(layers, COST, X, Y, fused=False)
    assert not found.ok and found.adjoint[0] > 1e-3 and "layer 1: its Jacobian's vjp is not" in str(found)


@pytest.mark.parametrize("fused", [True, False])
@pytest.mark.parametrize(("activation", "loss"), COMBINATIONS)
def test_clean_cases_are_silent(activation, loss, fused):
    layers, x = network(activation, (3, 4, 3)), draw(3, 5)
    found = check_gradients(layers, losses.REGISTRY[loss](), x, targets(loss, 3, 5), fused=fused)
    assert found.ok, str(found)
    vanishes = max(abs(array.got) for array in found.arrays) < 1e-15
    assert found.method == "complex step" and (found.ratio < 1e-13 or vanishes)


@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize("hidden", ["relu", "gelu", "layer_norm", "sparsemax"])
def test_other_numbers_are_silent_too(hidden, seed):
    layers, x = network("sigmoid", (4, 6, 3), hidden, seed), draw(4, 7, seed=seed)
    cost = losses.BinaryCrossEntropy(sample_weights=np.arange(7.0))
    assert check_gradients(layers, cost, x, targets("binary_cross_entropy", 3, 7), l2=L2(0.1), seed=seed).ok


def test_zero_weights_sit_on_the_bend_of_relu():
    layers = [Layer(np.zeros((4, 3)), np.zeros((4, 1)), "relu"), Layer(draw(3, 4), draw(3, 1), "softmax")]
    assert check_gradients(layers, COST, draw(3, 5), targets("cross_entropy", 3, 5)).ok


@pytest.mark.parametrize(
    ("function", "method"),
    [
        (np.tanh, "complex step"),
        (np.abs, "central differences"),
        (lambda z: z * np.abs(z), "central differences"),
    ],
)
def test_the_users_own_activation_is_checked_by_what_it_allows(function, method):
    layers = [Layer(draw(5, 3), draw(5, 1), activations.from_function(function)), *network("softmax", (5, 4))]
    found = check_gradients(layers, COST, X, Y)
    assert found.ok and found.method == method, str(found)
    right = backward(forward(layers, X), COST, Y)
    wrong = Parameters(tuple(2.001 * W for W in right.weights), right.biases)
    assert not check_gradients(layers, COST, X, Y, gradients=wrong).ok


def test_a_big_network_with_a_gradient_that_is_no_number_is_wrong():
    layers = network("softmax", (64, 50, 10))
    x, y = draw(64, 6), targets("cross_entropy", 10, 6)
    right = backward(forward(layers, x), COST, y)
    wrong = Parameters((right.weights[0] * np.nan, right.weights[1]), right.biases)
    found = check_gradients(layers, COST, x, y, gradients=wrong)
    assert not found.ok and not found.arrays[0].ok and found.arrays[1].ok


def test_a_big_network_is_checked_along_directions():
    layers = network("softmax", (64, 50, 10))
    x, y = draw(64, 6), targets("cross_entropy", 10, 6)
    found = check_gradients(layers, COST, x, y)
    assert found.ok and np.isnan(found.ratio) and len(found.arrays) == 4
    right = backward(forward(layers, x), COST, y)
    wrong = [W.copy() for W in right.weights]
    wrong[1][3, 7] *= -1
    found = check_gradients(layers, COST, x, y, gradients=Parameters(tuple(wrong), right.biases))
    assert [array.ok for array in found.arrays] == [True, True, False, True]


def test_the_ratio_is_the_courseworks():
    doubled = bug(("weights", 0), lambda W: 2 * W)
    right = backward(forward(NET, X), COST, Y)
    one, two = (np.concatenate([a.ravel() for a in (*g.weights, *g.biases)]) for g in (right, doubled))
    want = np.linalg.norm(one - two) / np.linalg.norm(one + two)
    assert check_gradients(NET, COST, X, Y, gradients=doubled).ratio == pytest.approx(want, rel=1e-12)


@pytest.mark.parametrize(("dtype", "coarse"), [(np.float32, 1e-4), (np.float16, 1)])
@pytest.mark.parametrize(("last", "loss"), [("softmax", "cross_entropy"), ("sigmoid", "squared_error")])
def test_gradients_of_low_precision_are_right_to_their_own_rounding(dtype, coarse, last, loss):
    layers = [
        Layer(layer.weights.astype(dtype), layer.bias.astype(dtype), layer.activation)
        for layer in network(last, (3, 5, 4))
    ]
    x, y, cost = X.astype(dtype), Y.astype(dtype), losses.REGISTRY[loss]()
    right = check_gradients(layers, cost, x, y)
    assert right.ok and right.method == "complex step" and right.tolerance < coarse, str(right)
    found = backward(forward(layers, x), cost, y)
    assert found.weights[0].dtype == dtype
    doubled = Parameters(tuple(2 * W for W in found.weights), found.biases)
    assert not check_gradients(layers, cost, x, y, gradients=doubled).ok


def test_gradients_of_another_shape_are_refused():
    right = backward(forward(NET, X), COST, Y)
    turned = Parameters(tuple(W.T for W in right.weights), right.biases)
    with pytest.raises(ShapeError, match="weights of layer 1 is 3 x 5; the parameter is 5 x 3"):
        check_gradients(NET, COST, X, Y, gradients=turned)
    with pytest.raises(ArgumentError, match=r"the gradients are dict; .*Parameters\(weights, biases\)"):
        check_gradients(NET, COST, X, Y, gradients={"weights": right.weights})
    with pytest.raises(ArgumentError, match="1 weight gradients were given for 2 layers"):
        check_gradients(NET, COST, X, Y, gradients=Parameters(right.weights[:1], right.biases[:1]))
    with pytest.raises(ArgumentError, match="a gradient holds"):
        check_gradients(NET, COST, X, Y, gradients=Parameters((["a"], ["b"]), right.biases))
