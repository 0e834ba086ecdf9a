"""Losses of numbers: how far a lies from y."""

from dataclasses import dataclass

import numpy as np

from port.backprop.arrays import Array
from port.backprop.losses.base import Loss
from port.backprop.losses.conventions import HALF_SAMPLES, Convention


@dataclass(frozen=True, eq=False)
class SquaredError(Loss):
    """sum((a - y)^2), by default halved and over samples: 1 / (2 N), as in coursework and dlarray mse."""

    name = "squared_error"
    matlab = "sum((a - y) .^ 2, 'all')"
    convention: Convention = HALF_SAMPLES

    def terms(self, a: Array, y: Array) -> Array:
        return (a - y) ** 2

    def slopes(self, a: Array, y: Array) -> Array:
        return 2 * (a - y)

    def bends(self, a: Array, y: Array) -> Array:
        return np.full_like(a, 2)
