"""Activations and their Jacobian's product in place, for those whose slope follows from a alone.

activation    a, from z                  J' * g, from a
identity      z                          g
sigmoid       1 ./ (1 + exp(-z))         g .* a .* (1 - a)
tanh          tanh(z)                    g .* (1 + a) .* (1 - a)
relu          max(z, 0)                  g .* (a > 0)
softmax       exp(z) ./ sum(exp(z), 1)   a .* (g - sum(a .* g, 1))

z, a and g are (K, N) float64, best column-major. `value` uses z up, `vjp` uses a up and leaves the product in g.
Columns are taken a few at a time where they share sums, so that every pass but the first finds them in the cache.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit

from port.backprop import compiled
from port.backprop.activations import Activation, Identity, Relu, Sigmoid, Softmax, Tanh
from port.backprop.arrays import Array, ieee

CACHED = 32_768
EXPIT_PAYS = 300


@dataclass(frozen=True)
class InPlace:
    """`value(activation, z, a)` writes a; `vjp(activation, a, g)` turns g into J' * g."""

    value: Callable[[Activation, Array, Array], None]
    vjp: Callable[[Activation, Array, Array], None]


def _identity(activation: Activation, z: Array, a: Array) -> None:
    np.copyto(a, z)


def _identity_vjp(activation: Activation, a: Array, g: Array) -> None:
    """J is the identity."""


def _sigmoid(activation: Activation, z: Array, a: Array) -> None:
    """Beyond z = -709 a is 0, where the pure path still has 1e-308. `expit` is one call but seven times slower."""
    if z.size <= EXPIT_PAYS:
        expit(z, out=a)
        return
    np.negative(z, out=z)
    np.exp(z, out=z)
    z += 1
    np.reciprocal(z, out=a)


def _sigmoid_vjp(activation: Activation, a: Array, g: Array) -> None:
    g *= a
    np.subtract(1, a, out=a)
    g *= a


def _tanh(activation: Activation, z: Array, a: Array) -> None:
    np.tanh(z, out=a)


def _tanh_vjp(activation: Activation, a: Array, g: Array) -> None:
    a *= a
    np.subtract(1, a, out=a)
    g *= a


def _relu(activation: Activation, z: Array, a: Array) -> None:
    np.maximum(z, 0, out=a)


def _relu_vjp(activation: Activation, a: Array, g: Array) -> None:
    np.greater(a, 0, out=a)
    g *= a


def _softmax(activation: Activation, z: Array, a: Array) -> None:
    if z.size > CACHED and z.shape[1] > 1:
        for columns in cached_columns(z):
            _softmax(activation, z[:, columns], a[:, columns])
        return
    temperature = getattr(activation, "temperature", 1.0)
    z -= np.maximum.reduce(z, axis=0)
    if temperature != 1:
        z /= temperature
    np.exp(z, out=z)
    np.divide(z, np.add.reduce(z, axis=0), out=a)


def _softmax_vjp(activation: Activation, p: Array, g: Array) -> None:
    temperature = getattr(activation, "temperature", 1.0)
    for columns in cached_columns(g):
        part = g[:, columns]
        part -= np.vecdot(p[:, columns].T, part.T)
        part *= p[:, columns]
        if temperature != 1:
            part /= temperature


@ieee
def softmax_cross_entropy(
    z: Array, y: Array, *, divisor: float = 1.0, structured: bool = False, kernel: bool = True
) -> float:
    """The loss -sum(y .* log(softmax(z))) / divisor of a head of K classes; z (K, N) becomes dC/dz.

    Fused, dC/dz = (p .* sum(y, 1) - y) / divisor, compiled where `kernel` and the environment allow it; `structured`,
    p .* (g - sum(p .* g, 1)) with g = -y ./ p / divisor, NaN where p is 0 and y is not. Time is O(K N), and no array of
    K x N is made. z and y are column-major float64.
    """
    if kernel and not structured and (code := _kernel_for(z, y)):
        return float(code.head(z.T, y.T, divisor))
    product = _structured_product if structured else _fused_delta
    total = 0.0
    for columns in cached_columns(z):
        part, target = z[:, columns], y[:, columns]
        part -= np.maximum.reduce(part, axis=0)
        total -= np.vecdot(target.T, part.T).sum()
        np.exp(part, out=part)
        sums, weights = np.add.reduce(part, axis=0), np.add.reduce(target, axis=0)
        total += np.vecdot(weights, np.log(sums))
        product(part, target, sums, weights, divisor)
    return float(total / divisor)


@ieee
def softmax_cross_entropy_of_labels(
    z: Array, labels: NDArray[np.intp], *, divisor: float = 1.0, kernel: bool = True
) -> float:
    """`softmax_cross_entropy`, fused, of N labels counted from 0: nothing but z is read K x N times."""
    if kernel and (code := _kernel_for(z)):
        return float(code.head_of_labels(z.T, np.asarray(labels, dtype=np.intp), divisor))
    total = 0.0
    for columns in cached_columns(z):
        part = z[:, columns]
        right = labels[columns], np.arange(part.shape[1])
        part -= np.maximum.reduce(part, axis=0)
        total -= part[right].sum()
        np.exp(part, out=part)
        sums = np.add.reduce(part, axis=0)
        total += np.log(sums).sum()
        part *= 1 / (sums * divisor)
        part[right] -= 1 / divisor
    return float(total / divisor)


def _kernel_for(*arrays: Array) -> Any:
    """The kernel, where it is there and can read the arrays as they lie."""
    fits = all(array.flags.f_contiguous and array.dtype == np.float64 for array in arrays)
    return compiled.kernel_in_use() if fits else None


def _fused_delta(e: Array, y: Array, sums: Array, weights: Array, divisor: float) -> None:
    """e, whose columns over their sums are p, becomes (p .* weights - y) / divisor."""
    e *= weights / sums
    e -= y
    e *= 1 / divisor


def _structured_product(e: Array, y: Array, sums: Array, weights: Array, divisor: float) -> None:
    """e, whose columns over their sums are p, becomes J' * g, J the Jacobian of softmax and g = -y ./ p / divisor."""
    e *= 1 / sums
    g = np.zeros_like(e)
    np.divide(y, e, out=g, where=y != 0)
    g *= -1 / divisor
    g -= np.vecdot(e.T, g.T)
    e *= g


def cached_columns(matrix: Array) -> Iterator[slice]:
    """Slices of columns, each of about CACHED numbers."""
    rows, columns = matrix.shape
    width = max(1, CACHED // max(1, rows))
    return (slice(start, start + width) for start in range(0, columns, width))


IN_PLACE: dict[type[Activation], InPlace] = {
    Identity: InPlace(_identity, _identity_vjp),
    Sigmoid: InPlace(_sigmoid, _sigmoid_vjp),
    Tanh: InPlace(_tanh, _tanh_vjp),
    Relu: InPlace(_relu, _relu_vjp),
    Softmax: InPlace(_softmax, _softmax_vjp),
}
