"""Fused pairs: activation and loss as one op of z, exact where the product J' * (dC/da) is 0 * Inf.

With q = weight .* y (its column sum Q is 1 for plain one-hot targets):

    pair                                   delta = dC/dz
    softmax + cross_entropy                (p .* Q - q) / T
    sigmoid + binary_cross_entropy         weight .* (a - y)
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from port.backprop.activations import Activation, Sigmoid, Softmax
from port.backprop.arrays import Array, column_sums
from port.backprop.losses import BinaryCrossEntropy, CrossEntropy, Loss, Targets


@dataclass(frozen=True)
class Pair:
    """delta(activation, a, targets) -> dC/dz (K, N)."""

    delta: Callable[[Any, Array, Targets], Array]


def _softmax_cross_entropy(activation: Softmax, p: Array, targets: Targets) -> Array:
    q = targets.weight * targets.y
    return (p * column_sums(q) - q) / (activation.temperature * targets.divisor)


def _sigmoid_binary_cross_entropy(_: Sigmoid, a: Array, targets: Targets) -> Array:
    return targets.weight * (a - targets.y) / targets.divisor


PAIRS: dict[tuple[type[Activation], type[Loss]], Pair] = {
    (Softmax, CrossEntropy): Pair(_softmax_cross_entropy),
    (Sigmoid, BinaryCrossEntropy): Pair(_sigmoid_binary_cross_entropy),
}


def find(activation: Activation, loss: Loss) -> Pair | None:
    """The fused pair of the two, if there is one."""
    return PAIRS.get((type(activation), type(loss)))
