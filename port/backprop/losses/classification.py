"""Losses of classes: what outputs as probabilities say about the targets."""

from dataclasses import dataclass

import numpy as np

from port.backprop.arrays import Array
from port.backprop.losses.base import ClassLoss


@dataclass(frozen=True, eq=False)
class CrossEntropy(ClassLoss):
    """-sum(y log a) of probabilities a; a term with y = 0 is 0, whatever a is.

    Where softmax rounds a probability to 0, use the fused pair (`backward(..., fused=True)`): the gradient
    -y / a is infinite there, and p .* (g - sum(p .* g)) is NaN.
    """

    name = "cross_entropy"
    matlab = "-sum(y .* log(a), 'all')"
    domain = "probabilities above 0, such as softmax gives"

    def terms(self, a: Array, y: Array) -> Array:
        return np.where(y == 0, 0, -y * np.log(a))

    def slopes(self, a: Array, y: Array) -> Array:
        return np.where(y == 0, 0, -y / a)

    def bends(self, a: Array, y: Array) -> Array:
        return np.where(y == 0, 0, y / a / a)


@dataclass(frozen=True, eq=False)
class BinaryCrossEntropy(ClassLoss):
    """-sum(y log a + (1 - y) log(1 - a)): every output row is a question of its own.

    `label_smoothing` e turns y into (1 - e) y + e / 2. Where sigmoid rounds to 0 or 1, use the fused pair.
    """

    name = "binary_cross_entropy"
    matlab = "-sum(y .* log(a) + (1 - y) .* log(1 - a), 'all')"
    domain = "probabilities between 0 and 1, such as sigmoid gives"

    def terms(self, a: Array, y: Array) -> Array:
        return np.where(y == 0, 0, -y * np.log(a)) + np.where(y == 1, 0, (y - 1) * np.log1p(-a))

    def slopes(self, a: Array, y: Array) -> Array:
        return np.where(y == 0, 0, -y / a) + np.where(y == 1, 0, (1 - y) / (1 - a))

    def bends(self, a: Array, y: Array) -> Array:
        return np.where(y == 0, 0, y / a / a) + np.where(y == 1, 0, (1 - y) / (1 - a) ** 2)

    def smoothed(self, y: Array) -> Array:
        return (1 - self.label_smoothing) * y + self.label_smoothing / 2 if self.label_smoothing else y
