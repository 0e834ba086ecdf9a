"""Losses of numbers: how far a lies from y."""

from dataclasses import dataclass

import numpy as np

from port.backprop.arrays import Array, magnitude, require_positive
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


@dataclass(frozen=True, eq=False)
class Absolute(Loss):
    """sum |a - y|. The slope where a = y is 0, as MATLAB's sign has it."""

    name = "absolute"
    matlab = "sum(abs(a - y), 'all')"

    def terms(self, a: Array, y: Array) -> Array:
        return np.sign((a - y).real) * (a - y)

    def slopes(self, a: Array, y: Array) -> Array:
        return np.sign((a - y).real)

    def bends(self, a: Array, y: Array) -> Array:
        return np.zeros_like(a)


@dataclass(frozen=True, eq=False)
class Huber(Loss):
    """d^2 / 2 where |d| <= T, else T (|d| - T / 2), with d = a - y and T = `transition` (Huber, 1964)."""

    name = "huber"
    matlab = "sum(min(abs(a - y), T) .* (abs(a - y) - min(abs(a - y), T) / 2), 'all')"
    transition: float = 1.0

    def __post_init__(self) -> None:
        super().__post_init__()
        require_positive(self.transition, "the transition of huber")

    def terms(self, a: Array, y: Array) -> Array:
        d = magnitude(a - y)
        return np.where(d.real <= self.transition, d * d / 2, self.transition * (d - self.transition / 2))

    def slopes(self, a: Array, y: Array) -> Array:
        d = a - y
        return np.where(np.abs(d.real) <= self.transition, d, self.transition * np.sign(d.real))

    def bends(self, a: Array, y: Array) -> Array:
        return (np.abs((a - y).real) <= self.transition).astype(a.dtype)


@dataclass(frozen=True, eq=False)
class LogCosh(Loss):
    """sum log cosh(a - y): |d| + log(1 + exp(-2 |d|)) - log 2, which does not overflow, and near 0, where that cancels
    out, log(1 + 2 sinh(d / 2)^2)."""

    name = "log_cosh"
    matlab = "sum(log(cosh(a - y)), 'all')"

    def terms(self, a: Array, y: Array) -> Array:
        d = magnitude(a - y)
        near = np.where(d.real < 1, d, 0)
        far = d + np.log1p(np.exp(-2 * d)) - np.log(2)
        return np.asarray(np.where(d.real < 1, np.log1p(2 * np.sinh(near / 2) ** 2), far))

    def slopes(self, a: Array, y: Array) -> Array:
        slope: Array = np.tanh(a - y)
        return slope

    def bends(self, a: Array, y: Array) -> Array:
        tail = np.exp(-2 * magnitude(a - y))
        return np.asarray(4 * tail / (1 + tail) ** 2)


@dataclass(frozen=True, eq=False)
class Poisson(Loss):
    """sum(a - y log a) of rates a for counts y, the constant log(y!) left out; a term with y = 0 is a."""

    name = "poisson"
    matlab = "sum(a - y .* log(a), 'all')"
    domain = "rates above 0, such as softplus gives"

    def terms(self, a: Array, y: Array) -> Array:
        return a - np.where(y == 0, 0, y * np.log(a))

    def slopes(self, a: Array, y: Array) -> Array:
        return 1 - np.where(y == 0, 0, y / a)

    def bends(self, a: Array, y: Array) -> Array:
        return np.where(y == 0, 0, y / a / a)
