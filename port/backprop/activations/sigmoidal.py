"""Activations that saturate on both sides."""

from dataclasses import dataclass

import numpy as np

from port.backprop.activations.base import Elementwise, constant, logistic
from port.backprop.arrays import Array, ieee, magnitude


@dataclass(frozen=True)
class Sigmoid(Elementwise):
    """Logistic function (MATLAB: logsig).

    The slope is a .* (1 - a) as the course writes it: beyond z = 37 it is exactly 0, for there 1 - a is.
    """

    name = "sigmoid"
    matlab = "1 ./ (1 + exp(-z))"
    entry = "a_i (1 - a_i) [i = j]"
    product = "a .* (1 - a) .* g"

    def value(self, z: Array) -> Array:
        return logistic(z)

    def slope(self, z: Array, a: Array) -> Array:
        return a * (1 - a)

    def bend(self, z: Array, a: Array) -> Array:
        return a * (1 - a) * (1 - 2 * a)


@dataclass(frozen=True)
class Tanh(Elementwise):
    """Hyperbolic tangent (MATLAB: tansig, which is 2 ./ (1 + exp(-2 * z)) - 1)."""

    name = "tanh"
    matlab = "tanh(z)"
    entry = "(1 - a_i^2) [i = j]"
    product = "(1 - a .^ 2) .* g"

    def value(self, z: Array) -> Array:
        return np.tanh(z)

    def slope(self, z: Array, a: Array) -> Array:
        return 1 - a * a

    def bend(self, z: Array, a: Array) -> Array:
        return -2 * a * (1 - a * a)


@dataclass(frozen=True)
class ScaledTanh(Elementwise):
    """height * tanh(rate * z), by default LeCun's 1.7159 tanh(2/3 z) (Efficient BackProp, 1998)."""

    name = "scaled_tanh"
    matlab = "1.7159 * tanh(2/3 * z)"
    entry = "rate / height (height^2 - a_i^2) [i = j]"
    product = "2/3 / 1.7159 * (1.7159 ^ 2 - a .^ 2) .* g"
    height: float = 1.7159
    rate: float = 2 / 3

    def value(self, z: Array) -> Array:
        return self.height * np.tanh(self.rate * z)

    def slope(self, z: Array, a: Array) -> Array:
        return self.rate / self.height * (self.height - a) * (self.height + a)

    def bend(self, z: Array, a: Array) -> Array:
        return -2 * self.rate / self.height * a * self.slope(z, a)


@dataclass(frozen=True)
class Softsign(Elementwise):
    """z ./ (1 + |z|)."""

    name = "softsign"
    matlab = "z ./ (1 + abs(z))"
    entry = "1 / (1 + |z_i|)^2 [i = j]"
    product = "g ./ (1 + abs(z)) .^ 2"

    def value(self, z: Array) -> Array:
        return z / (1 + magnitude(z))

    def slope(self, z: Array, a: Array) -> Array:
        return (1 / (1 + magnitude(z))) ** 2

    def bend(self, z: Array, a: Array) -> Array:
        return -2 * np.sign(z) * (1 / (1 + magnitude(z))) ** 3


@dataclass(frozen=True)
class HardSigmoid(Elementwise):
    """A straight line between 0 and 1: z / 6 + 1/2 as in PyTorch and JAX; Keras 2 takes rate 0.2."""

    name = "hard_sigmoid"
    matlab = "min(max(z / 6 + 0.5, 0), 1)"
    entry = "rate [0 < a_i < 1] [i = j]"
    product = "(a > 0 & a < 1) / 6 .* g"
    rate: float = 1 / 6

    def value(self, z: Array) -> Array:
        return clip(self.rate * z + 0.5, 0, 1)

    def slope(self, z: Array, a: Array) -> Array:
        return np.where((a.real > 0) & (a.real < 1), self.rate, constant(0, z))

    def bend(self, z: Array, a: Array) -> Array:
        return constant(0, z)


@dataclass(frozen=True)
class Satlin(Elementwise):
    """The line a = z held within 0 and 1 (MATLAB: satlin). The slope at both bends is 0."""

    name = "satlin"
    matlab = "min(max(z, 0), 1)"
    entry = "[0 < z_i < 1] [i = j]"
    product = "(z > 0 & z < 1) .* g"

    def value(self, z: Array) -> Array:
        return clip(z, 0, 1)

    def slope(self, z: Array, a: Array) -> Array:
        return np.where((z.real > 0) & (z.real < 1), constant(1, z), 0)

    def bend(self, z: Array, a: Array) -> Array:
        return constant(0, z)


@dataclass(frozen=True)
class Satlins(Elementwise):
    """The line a = z held within -1 and 1 (MATLAB: satlins). The slope at both bends is 0."""

    name = "satlins"
    matlab = "min(max(z, -1), 1)"
    entry = "[-1 < z_i < 1] [i = j]"
    product = "(z > -1 & z < 1) .* g"

    def value(self, z: Array) -> Array:
        return clip(z, -1, 1)

    def slope(self, z: Array, a: Array) -> Array:
        return np.where((z.real > -1) & (z.real < 1), constant(1, z), 0)

    def bend(self, z: Array, a: Array) -> Array:
        return constant(0, z)


@dataclass(frozen=True)
class RadialBasis(Elementwise):
    """Gaussian bell exp(-z^2) (MATLAB: radbas)."""

    name = "radial_basis"
    matlab = "exp(-z .^ 2)"
    entry = "-2 z_i a_i [i = j]"
    product = "-2 * z .* a .* g"

    @ieee
    def value(self, z: Array) -> Array:
        z = self._within(z)
        return np.exp(-z * z)

    def slope(self, z: Array, a: Array) -> Array:
        return -2 * z * a

    def bend(self, z: Array, a: Array) -> Array:
        z = self._within(z)
        return (4 * z * z - 2) * a

    def _within(self, z: Array) -> Array:
        """z, with what lies beyond 40 at 40, where the bell is 0 in double: squares stay finite."""
        return np.where(np.abs(z.real) > 40, 40, z)


def clip(z: Array, low: float, high: float) -> Array:
    """z held within low and high by its real part; NaN stays NaN."""
    return np.where(z.real <= low, low, np.where(z.real >= high, high, z))
