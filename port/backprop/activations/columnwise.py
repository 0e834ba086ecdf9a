"""Activations in which the outputs of a column share something: a sum, a maximum, a mean."""

from dataclasses import dataclass

import numpy as np

from port.backprop.activations.base import Activation, constant
from port.backprop.arrays import Array, column_means, column_sums, ieee, require_positive
from port.backprop.jacobian import DiagonalMinusOuter, Jacobian


@dataclass(frozen=True)
class Softmax(Activation):
    """p_i = exp(z_i / T) / sum_j exp(z_j / T), T the temperature. The largest z is subtracted first.

    dp = J * t gives dJ = diag(dp) - dp p' - p dp'.
    """

    name = "softmax"
    matlab = "exp(z) ./ sum(exp(z), 1)"
    entry = "p_i [i = j] - p_i p_j"
    product = "p .* (g - sum(p .* g, 1))"
    temperature: float = 1.0

    def __post_init__(self) -> None:
        require_positive(self.temperature, "the temperature of softmax")

    def value(self, z: Array) -> Array:
        e = np.exp((z - largest(z)) / self.temperature)
        return e / column_sums(e)

    def jacobian(self, z: Array, a: Array) -> Jacobian:
        scaled = a / self.temperature
        suffix = "" if self.temperature == 1 else f" / {self.temperature:g}"
        return DiagonalMinusOuter(
            scaled, ((scaled, a),), f"({self.entry}){suffix}" if suffix else self.entry, self.product + suffix
        )

    def jacobian_along(self, z: Array, a: Array, t: Array) -> Jacobian:
        da = self.jacobian(z, a).jvp(t)
        scaled = da / self.temperature
        return DiagonalMinusOuter(scaled, ((scaled, a), (a / self.temperature, da)))


@dataclass(frozen=True)
class LogSoftmax(Activation):
    """a_i = z_i - log sum_j exp(z_j), without overflow. With p = exp(a): J = I - 1 p', dJ = -1 dp'."""

    name = "log_softmax"
    matlab = "z - log(sum(exp(z), 1))"
    entry = "[i = j] - p_j"
    product = "g - exp(a) .* sum(g, 1)"

    def value(self, z: Array) -> Array:
        shifted = z - largest(z)
        return shifted - np.log(column_sums(np.exp(shifted)))

    def jacobian(self, z: Array, a: Array) -> Jacobian:
        one = constant(1, a)
        return DiagonalMinusOuter(one, ((one, np.exp(a)),), self.entry, self.product)

    def jacobian_along(self, z: Array, a: Array, t: Array) -> Jacobian:
        p = np.exp(a)
        dp = DiagonalMinusOuter(p).jvp(t)
        return DiagonalMinusOuter(constant(0, a), ((constant(1, a), dp),))


@dataclass(frozen=True)
class Sparsemax(Activation):
    """The nearest point of the simplex: a = max(z - tau, 0) with sum(a) = 1 (Martins & Astudillo, 2016).

    With s_i = [a_i > 0] and |s| their number, J = diag(s) - s s' / |s|: piecewise constant, so dJ = 0.
    """

    name = "sparsemax"
    matlab = "max(z - max((cumsum(sort(z, 1, 'descend'), 1) - 1) ./ (1:size(z, 1))', [], 1), 0)"
    entry = "s_i [i = j] - s_i s_j / |s|, s = a > 0"
    product = "(a > 0) .* (g - sum((a > 0) .* g, 1) ./ sum(a > 0, 1))"

    def value(self, z: Array) -> Array:
        shifted = z - largest(z)
        falling = -np.sort(-shifted, axis=0)
        rank = np.arange(1, z.shape[0] + 1, dtype=z.real.dtype)[:, None]
        support = 1 + rank * falling.real > np.cumsum(falling.real, axis=0)
        count = column_sums(support.astype(z.real.dtype))
        tau = (column_sums(np.where(support, falling, 0)) - 1) / count
        return np.where((shifted - tau).real <= 0, 0, shifted - tau)

    def jacobian(self, z: Array, a: Array) -> Jacobian:
        support = np.where(a.real > 0, constant(1, a), 0)
        share = support / column_sums(support)
        return DiagonalMinusOuter(support, ((support, share),), self.entry, self.product)

    def jacobian_along(self, z: Array, a: Array, t: Array) -> Jacobian:
        return DiagonalMinusOuter(constant(0, z), ())


@dataclass(frozen=True)
class LayerNorm(Activation):
    """a = r (z - mean(z)), r = 1 / sqrt(var(z) + epsilon), the variance over K (MATLAB layernorm: 1e-5).

    J = r (I - 1 1' / K - a a' / K); da = J t and dr = -r^2 (a' t) / K give dJ by the product rule.
    """

    name = "layer_norm"
    matlab = "(z - mean(z, 1)) ./ sqrt(var(z, 1, 1) + 1e-5)"
    entry = "r ([i = j] - (1 + a_i a_j) / K)"
    product = "(g - mean(g, 1) - a .* mean(a .* g, 1)) ./ sqrt(var(z, 1, 1) + 1e-5)"
    epsilon: float = 1e-5

    def __post_init__(self) -> None:
        require_positive(self.epsilon, "the epsilon of layer_norm")

    def value(self, z: Array) -> Array:
        centred, r = self._parts(z)
        return r * centred

    def jacobian(self, z: Array, a: Array) -> Jacobian:
        _, r = self._parts(z)
        r = r + constant(0, a)
        share = _share(a)
        return DiagonalMinusOuter(r, ((r, share), (r * a, a * share)), self.entry, self.product)

    def jacobian_along(self, z: Array, a: Array, t: Array) -> Jacobian:
        da = self.jacobian(z, a).jvp(t)
        _, r = self._parts(z)
        dr = -r * r * column_means(a * t) + constant(0, a)
        share = _share(a)
        return DiagonalMinusOuter(dr, ((dr, share), (dr * a + r * da, a * share), (r * a, da * share)))

    @ieee
    def _parts(self, z: Array) -> tuple[Array, Array]:
        centred = z - column_means(z)
        return centred, 1 / np.sqrt(column_means(centred * centred) + self.epsilon)


def _share(a: Array) -> Array:
    """1 / K in the shape of a (K, N)."""
    return constant(1 / max(len(a), 1), a)


def largest(z: Array) -> Array:
    """The largest real part of every column, as a row."""
    return np.asarray(z.real.max(axis=0, keepdims=True, initial=-np.inf))
