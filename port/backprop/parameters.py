"""Parameters as one vector, in MATLAB's two orders, and the penalty on them.

"matlab"   [W1(:); b1(:); W2(:); b2(:); ...]
"theta"    [Theta1(:); Theta2(:); ...] with Theta = [b W], the bias as first column, as coursework has it
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol, runtime_checkable

import numpy as np
from numpy.typing import ArrayLike

from port.backprop.arrays import Array, as_numbers, require_from_zero, size
from port.errors import ArgumentError, ShapeError

FORMS = ("matlab", "theta")


@runtime_checkable
class Parameterised(Protocol):
    """Anything with one `weights` (K, S) and one `biases` (K, 1) a layer, such as Gradients."""

    @property
    def weights(self) -> Sequence[Array]: ...

    @property
    def biases(self) -> Sequence[Array]: ...


@dataclass(frozen=True, eq=False)
class Parameters:
    """One `weights` (K, S) and one `biases` (K, 1) a layer: a point, a gradient or a direction."""

    weights: tuple[Array, ...]
    biases: tuple[Array, ...]


@dataclass(frozen=True)
class L2:
    """strength / 2 * sum of squared weights, over 'samples' (coursework: lambda / (2 m)) or as a 'sum'.

    Biases are left out unless `biases`. Raises ArgumentError for a negative strength.
    """

    strength: float
    biases: bool = False
    over: str = "samples"

    def __post_init__(self) -> None:
        require_from_zero(self.strength, "the strength of L2")
        if self.over not in ("samples", "sum"):
            raise ArgumentError(f"L2 is taken over 'samples' or as a 'sum'; got {self.over!r}")

    def scale(self, samples: int) -> float:
        """The factor of the weights in the gradient."""
        return self.strength / samples if self.over == "samples" else self.strength

    def value(self, point: Parameterised, samples: int) -> float:
        """The penalty at `point`, for a loss over so many samples."""
        arrays = [*point.weights, *(point.biases if self.biases else ())]
        total: float = self.scale(samples) / 2 * sum((array * array).sum() for array in arrays)
        return total

    def grad(self, point: Parameterised, samples: int) -> Parameters:
        """Its gradient; its Hessian product with a direction is its gradient at that direction."""
        scale = self.scale(samples)
        biases = tuple(scale * b if self.biases else np.zeros_like(b) for b in point.biases)
        return Parameters(tuple(scale * W for W in point.weights), biases)


def pack(point: Parameterised, form: str = "matlab") -> Array:
    """All parameters as one (P, 1) column, arrays column by column. Raises ArgumentError for another form."""
    _check(form)
    _check_paired(point)
    pairs = zip(point.weights, point.biases, strict=True)
    blocks = [
        np.hstack([b, W]).ravel("F") if form == "theta" else np.r_[W.ravel("F"), b.ravel("F")]
        for W, b in pairs
    ]
    return np.concatenate(blocks).reshape(-1, 1)


def unpack(vector: ArrayLike, like: Parameterised, form: str = "matlab") -> Parameters:
    """A vector of P numbers as parameters in the shapes of `like`. Raises ShapeError, ArgumentError."""
    _check(form)
    _check_paired(like)
    flat = as_numbers(vector, "the vector").ravel("F")
    shapes = [W.shape for W in like.weights]
    expected = sum(rows * (columns + 1) for rows, columns in shapes)
    if flat.size != expected:
        layers = ", ".join(f"{size(shape)} and {shape[0]} x 1" for shape in shapes)
        raise ShapeError(f"the vector holds {flat.size} numbers; layers of {layers} take {expected}")
    weights, biases, start = [], [], 0
    for rows, columns in shapes:
        block = flat[start : start + rows * (columns + 1)]
        start += block.size
        split = rows if form == "theta" else rows * columns
        first, second = block[:split], block[split:]
        W, b = (second, first) if form == "theta" else (first, second)
        weights.append(W.reshape(rows, columns, order="F"))
        biases.append(b.reshape(rows, 1))
    return Parameters(tuple(weights), tuple(biases))


def shifted(point: Parameterised, direction: Parameterised, step: complex = 1.0) -> Parameters:
    """point + step * direction."""
    arrays = (
        tuple(p + step * d for p, d in zip(getattr(point, name), getattr(direction, name), strict=True))
        for name in ("weights", "biases")
    )
    return Parameters(*arrays)


def dot(one: Parameterised, other: Parameterised) -> float:
    """The inner product over all parameters."""
    pairs = [*zip(one.weights, other.weights, strict=True), *zip(one.biases, other.biases, strict=True)]
    total: float = sum(np.vdot(a, b).item() for a, b in pairs)
    return total


def plus(one: Parameterised, other: Parameterised) -> Parameters:
    """The sum, array by array."""
    return shifted(one, other)


def _check_paired(point: Parameterised) -> None:
    """Raise ArgumentError unless there is a bias for every weight matrix."""
    if not isinstance(point, Parameterised) or len(point.weights) != len(point.biases):
        raise ArgumentError(
            f"{type(point).__name__} holds no parameters: one of `weights` and one of `biases` a layer are expected, "
            "such as Parameters(weights, biases), or what forward or backward gives"
        )


def _check(form: str) -> None:
    if form not in FORMS:
        raise ArgumentError(f"parameters are packed as {' or '.join(map(repr, FORMS))}; got {form!r}")
