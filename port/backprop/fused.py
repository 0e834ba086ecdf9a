"""Fused pairs: activation and loss as one op of z, exact where the product J' * (dC/da) is 0 * Inf.

With q = weight .* y (its column sum Q is 1 for plain one-hot targets), T the temperature, and everything divided by
the convention's divisor:

    pair                                      value                              delta = dC/dz
    softmax + cross_entropy                   -sum(q .* log softmax(z / T))      (p .* Q - q) / T
    softmax + kl                              the same, plus sum(q .* log y)     (p .* Q - q) / T
    log_softmax + negative_log_likelihood     -sum(q .* a)                       exp(a) .* Q - q
    sigmoid + binary_cross_entropy            sum(y .* softplus(-z)              weight .* (a - y)
                                                  + (1 - y) .* softplus(z))
    identity + squared_error                  sum((z - y) .^ 2)                  2 * weight .* (z - y)
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from port.backprop.activations import Activation, Identity, LogSoftmax, Sigmoid, Softmax, Softplus
from port.backprop.arrays import Array, column_sums
from port.backprop.losses import (
    BinaryCrossEntropy,
    CrossEntropy,
    KullbackLeibler,
    Loss,
    NegativeLogLikelihood,
    SquaredError,
    Targets,
)


@dataclass(frozen=True)
class Pair:
    """An activation with its loss, for z and a (K, N) and targets ready for use.

    `value(activation, z, targets)` is the loss, `delta(activation, a, targets)` is dC/dz (K, N), and
    `turn(activation, a, da, targets)` how delta turns when a moves along da = J * dz.
    """

    value: Callable[[Activation, Array, Targets], float]
    delta: Callable[[Activation, Array, Targets], Array]
    turn: Callable[[Activation, Array, Array, Targets], Array]


def _temperature(activation: Activation) -> float:
    return float(getattr(activation, "temperature", 1.0))


def _cross_entropy(activation: Activation, z: Array, targets: Targets) -> float:
    log_p = LogSoftmax().value(z / _temperature(activation))
    return _nll_of(log_p, targets)


def _kl(activation: Activation, z: Array, targets: Targets) -> float:
    entropy = np.where(targets.y == 0, 0, _q(targets) * np.log(targets.y))
    return _cross_entropy(activation, z, targets) + _total(entropy, targets)


def _softmax_delta(activation: Activation, p: Array, targets: Targets) -> Array:
    q = _q(targets)
    return (p * column_sums(q) - q) / (_temperature(activation) * targets.divisor)


def _softmax_turn(activation: Activation, p: Array, dp: Array, targets: Targets) -> Array:
    return dp * column_sums(_q(targets)) / (_temperature(activation) * targets.divisor)


def _nll(activation: Activation, z: Array, targets: Targets) -> float:
    return _nll_of(activation.value(z), targets)


def _nll_delta(activation: Activation, a: Array, targets: Targets) -> Array:
    return _softmax_delta(activation, np.exp(a), targets)


def _nll_turn(activation: Activation, a: Array, da: Array, targets: Targets) -> Array:
    return _softmax_turn(activation, np.exp(a), np.exp(a) * da, targets)


def _binary_cross_entropy(activation: Activation, z: Array, targets: Targets) -> float:
    softplus, y = Softplus().value, targets.y
    return _total(targets.weighted(y * softplus(-z) + (1 - y) * softplus(z)), targets)


def _half_squares(activation: Activation, z: Array, targets: Targets) -> float:
    return _total(targets.weighted((z - targets.y) ** 2), targets)


def _difference(factor: float) -> tuple[Callable[..., Array], Callable[..., Array]]:
    """delta = factor * weight .* (a - y), and how it turns."""

    def delta(activation: Activation, a: Array, targets: Targets) -> Array:
        return factor * targets.weighted(a - targets.y) / targets.divisor

    def turn(activation: Activation, a: Array, da: Array, targets: Targets) -> Array:
        return factor * targets.weighted(da) / targets.divisor

    return delta, turn


def _q(targets: Targets) -> Array:
    return np.asarray(targets.weight * targets.y)


def _nll_of(log_p: Array, targets: Targets) -> float:
    """-sum(q .* log_p) / divisor; a term with q = 0 is 0, also where log_p is -Inf."""
    q = _q(targets)
    return _total(np.where(q == 0, 0, -q * log_p), targets)


def _total(terms: Array, targets: Targets) -> float:
    total: float = terms.sum() / targets.divisor
    return total


PAIRS: dict[tuple[type[Activation], type[Loss]], Pair] = {
    (Softmax, CrossEntropy): Pair(_cross_entropy, _softmax_delta, _softmax_turn),
    (Softmax, KullbackLeibler): Pair(_kl, _softmax_delta, _softmax_turn),
    (LogSoftmax, NegativeLogLikelihood): Pair(_nll, _nll_delta, _nll_turn),
    (Sigmoid, BinaryCrossEntropy): Pair(_binary_cross_entropy, *_difference(1)),
    (Identity, SquaredError): Pair(_half_squares, *_difference(2)),
}


def find(activation: Activation, loss: Loss) -> Pair | None:
    """The fused pair of the two, if there is one."""
    return PAIRS.get((type(activation), type(loss)))
