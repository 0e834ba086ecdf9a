"""Activations that pass what is positive: identity, the rectifiers and their smooth relatives."""

import math
from dataclasses import dataclass

import numpy as np

from port.backprop.activations.base import Elementwise, constant, logistic
from port.backprop.arrays import Array, ieee, magnitude

SQRT_HALF, DENSITY_AT_0 = math.sqrt(0.5), 1 / math.sqrt(2 * math.pi)


@dataclass(frozen=True)
class Identity(Elementwise):
    """a = z (MATLAB: purelin)."""

    name = "identity"
    matlab = "z"
    entry = "[i = j]"
    product = "g"

    def value(self, z: Array) -> Array:
        return z

    def slope(self, z: Array, a: Array) -> Array:
        return constant(1, z)

    def bend(self, z: Array, a: Array) -> Array:
        return constant(0, z)


@dataclass(frozen=True)
class Relu(Elementwise):
    """max(z, 0) (MATLAB: poslin). The slope at 0 is 0; NaN stays NaN."""

    name = "relu"
    matlab = "max(z, 0)"
    entry = "[z_i > 0] [i = j]"
    product = "(z > 0) .* g"

    def value(self, z: Array) -> Array:
        return np.where(z.real <= 0, 0, z)

    def slope(self, z: Array, a: Array) -> Array:
        return np.where(z.real > 0, constant(1, z), 0)

    def bend(self, z: Array, a: Array) -> Array:
        return constant(0, z)


@dataclass(frozen=True)
class LeakyRelu(Elementwise):
    """z above 0, leak * z below; the slope at 0 is the leak (MATLAB leakyrelu: 0.01)."""

    name = "leaky_relu"
    matlab = "max(z, 0.01 * z)"
    entry = "(z_i > 0 ? 1 : leak) [i = j]"
    product = "((z > 0) + 0.01 * (z <= 0)) .* g"
    leak: float = 0.01

    def value(self, z: Array) -> Array:
        return np.where(z.real > 0, z, self.leak * z)

    def slope(self, z: Array, a: Array) -> Array:
        return np.where(z.real > 0, constant(1, z), self.leak)

    def bend(self, z: Array, a: Array) -> Array:
        return constant(0, z)


@dataclass(frozen=True)
class Elu(Elementwise):
    """z above 0, alpha * (exp(z) - 1) below."""

    name = "elu"
    matlab = "max(z, 0) + exp(min(z, 0)) - 1"
    entry = "(z_i > 0 ? 1 : alpha exp(z_i)) [i = j]"
    product = "exp(min(z, 0)) .* g"
    alpha: float = 1.0

    def value(self, z: Array) -> Array:
        return np.where(z.real > 0, z, self.alpha * np.expm1(below(z)))

    def slope(self, z: Array, a: Array) -> Array:
        return np.where(z.real > 0, 1, self.alpha * np.exp(below(z)))

    def bend(self, z: Array, a: Array) -> Array:
        return np.where(z.real > 0, 0, self.alpha * np.exp(below(z)))


@dataclass(frozen=True)
class Selu(Elementwise):
    """scale * elu(z) with the two constants of self-normalising networks (Klambauer et al., 2017)."""

    name = "selu"
    matlab = "1.0507009873554805 * (max(z, 0) + 1.6732632423543772 * (exp(min(z, 0)) - 1))"
    entry = "scale (z_i > 0 ? 1 : alpha exp(z_i)) [i = j]"
    product = "1.0507009873554805 * ((z > 0) + 1.6732632423543772 * exp(z) .* (z <= 0)) .* g"
    alpha: float = 1.6732632423543772
    scale: float = 1.0507009873554805

    def value(self, z: Array) -> Array:
        return self.scale * np.where(z.real > 0, z, self.alpha * np.expm1(below(z)))

    def slope(self, z: Array, a: Array) -> Array:
        return self.scale * np.where(z.real > 0, 1, self.alpha * np.exp(below(z)))

    def bend(self, z: Array, a: Array) -> Array:
        return self.scale * np.where(z.real > 0, 0, self.alpha * np.exp(below(z)))


@dataclass(frozen=True)
class Softplus(Elementwise):
    """log(1 + exp(z)), the smooth rectifier; its slope is the sigmoid."""

    name = "softplus"
    matlab = "log(1 + exp(z))"
    entry = "1 / (1 + exp(-z_i)) [i = j]"
    product = "g ./ (1 + exp(-z))"

    def value(self, z: Array) -> Array:
        return np.where(z.real < 0, 0, z) + np.log1p(np.exp(-magnitude(z)))

    def slope(self, z: Array, a: Array) -> Array:
        return logistic(z)

    def bend(self, z: Array, a: Array) -> Array:
        return logistic(z) * logistic(-z)


@dataclass(frozen=True)
class Silu(Elementwise):
    """z .* sigmoid(z), also called swish."""

    name = "silu"
    matlab = "z ./ (1 + exp(-z))"
    entry = "s_i (1 + z_i (1 - s_i)) [i = j], s = sigmoid(z)"
    product = "(1 + z ./ (1 + exp(z))) ./ (1 + exp(-z)) .* g"

    def value(self, z: Array) -> Array:
        return z * logistic(z)

    @ieee
    def slope(self, z: Array, a: Array) -> Array:
        return logistic(z) * (1 + z * logistic(-z))

    @ieee
    def bend(self, z: Array, a: Array) -> Array:
        s, rest = logistic(z), logistic(-z)
        return s * rest * (2 + z * (rest - s))


@dataclass(frozen=True)
class Gelu(Elementwise):
    """z .* Phi(z), Phi the normal distribution function: the erf form, not the tanh approximation."""

    name = "gelu"
    matlab = "z / 2 .* (1 + erf(z / sqrt(2)))"
    entry = "(Phi(z_i) + z_i phi(z_i)) [i = j]"
    product = "((1 + erf(z / sqrt(2))) / 2 + z .* exp(-z .^ 2 / 2) / sqrt(2 * pi)) .* g"

    def value(self, z: Array) -> Array:
        return z * normal_distribution(z)

    def slope(self, z: Array, a: Array) -> Array:
        return normal_distribution(z) + z * normal_density(z)

    @ieee
    def bend(self, z: Array, a: Array) -> Array:
        z = np.where(np.abs(z.real) > 40, 40, z)
        return (2 - z * z) * normal_density(z)


def below(z: Array) -> Array:
    """min(z, 0) by the real part: keeps exp from overflowing where its branch is not taken."""
    return np.where(z.real > 0, 0, z)


def normal_distribution(z: Array) -> Array:
    """Phi(z), accurate far to the left too."""
    from scipy.special import erfc

    return np.asarray(0.5 * erfc(-z * SQRT_HALF))


def normal_density(z: Array) -> Array:
    """phi(z) = exp(-z^2 / 2) / sqrt(2 pi); beyond 40 it is 0 in double."""
    z = np.where(np.abs(z.real) > 40, 40, z)
    density: Array = np.exp(-z * z / 2) * DENSITY_AT_0
    return density
