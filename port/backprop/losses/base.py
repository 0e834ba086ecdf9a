"""What a loss is: one number for a K x N output and its targets, with gradient and Hessian product.

A loss is divided by what its Convention says, counts only targets that are known (not NaN), and may weigh
classes and samples. Its three bodies, `terms`, `slopes` and `bends`, stand side by side, one op a screen.
"""

from abc import ABC, abstractmethod
from dataclasses import dataclass, replace
from numbers import Integral
from typing import ClassVar, Self

import numpy as np
from numpy.typing import ArrayLike, NDArray

from port.backprop.arrays import (
    Array,
    as_columns,
    as_dtype,
    as_matrix,
    as_numbers,
    ieee,
    require_from_zero,
    require_whole,
    size,
)
from port.backprop.losses.conventions import SAMPLES, Convention, get_convention
from port.errors import ArgumentError, ShapeError


@dataclass(frozen=True, eq=False)
class Targets:
    """Targets ready for use: `y` (K, N) without NaN, `weight` that broadcasts to K x N, and the divisor."""

    y: Array
    weight: Array
    divisor: float

    def weighted(self, array: Array) -> Array:
        """weight .* array (K, N); 0 where the weight is, whatever the array holds there: Inf and NaN do not count."""
        if self.weight.all():
            return self.weight * array
        return np.where(self.weight == 0, 0, self.weight * array)


@dataclass(frozen=True, eq=False)
class Loss(ABC):
    """A loss with its convention. `domain` says what the outputs must be.

    `class_weights` is K x 1 (or K numbers), `sample_weights` 1 x N (or N numbers); the divisor does not
    change with them. A NaN target is left out of the sum and of the count, as MATLAB's network objects do.
    """

    name: ClassVar[str]
    matlab: ClassVar[str]
    domain: ClassVar[str] = "any numbers"

    convention: Convention = SAMPLES
    class_weights: ArrayLike | None = None
    sample_weights: ArrayLike | None = None

    def __post_init__(self) -> None:
        object.__setattr__(self, "convention", get_convention(self.convention))
        for name, shape in (("class_weights", (-1, 1)), ("sample_weights", (1, -1))):
            given = getattr(self, name)
            if given is not None:
                object.__setattr__(self, name, as_numbers(given, name).reshape(shape))

    @ieee
    def value(self, a: ArrayLike, y: ArrayLike) -> float:
        """The loss of outputs a (K, N) for targets y (K, N). Raises ShapeError, ArgumentError."""
        a, targets = self._prepared(a, y)
        total: float = targets.weighted(self.terms(a, targets.y)).sum() / targets.divisor
        return total

    @ieee
    def grad(self, a: ArrayLike, y: ArrayLike) -> Array:
        """dC/da, (K, N). Raises ShapeError, ArgumentError."""
        a, targets = self._prepared(a, y)
        return as_dtype(targets.weighted(self.slopes(a, targets.y)) / targets.divisor, a)

    @ieee
    def hvp(self, a: ArrayLike, y: ArrayLike, t: ArrayLike) -> Array:
        """The Hessian of the loss in a times the direction t (K, N). Raises ShapeError, ArgumentError."""
        a, targets = self._prepared(a, y)
        t = as_columns(t, "t", a.shape)
        return as_dtype(targets.weighted(self.bends(a, targets.y) * t) / targets.divisor, a)

    @abstractmethod
    def terms(self, a: Array, y: Array) -> Array:
        """What is summed: one value an element (K, N), or one a sample (1, N)."""

    @abstractmethod
    def slopes(self, a: Array, y: Array) -> Array:
        """d term / da, (K, N)."""

    @abstractmethod
    def bends(self, a: Array, y: Array) -> Array:
        """d2 term / da2, (K, N): every Hessian here is diagonal."""

    def targets(self, y: ArrayLike, shape: tuple[int, int]) -> Targets:
        """y for outputs of `shape` (K, N): checked, encoded, with weights and divisor."""
        y = self.encoded(y, shape)
        known = ~np.isnan(y)
        weight = np.ones((1, 1)) if known.all() else known.astype(np.float64)
        for name, expected in (("class_weights", (shape[0], 1)), ("sample_weights", (1, shape[1]))):
            factor = getattr(self, name)
            if factor is not None:
                weight = weight * as_columns(factor, name, expected)
        counted = int(known.any(axis=0).sum()), int(known.sum())
        divisor = max(self.convention.divisor(*counted), 1)
        return Targets(self.smoothed(np.where(known, y, 0)), weight, divisor)

    def encoded(self, y: ArrayLike, shape: tuple[int, int]) -> Array:
        """y as a K x N array."""
        return as_columns(y, "y", shape)

    def smoothed(self, y: Array) -> Array:
        """y after label smoothing, where a loss has any."""
        return y

    def select(self, columns: NDArray[np.intp]) -> Self:
        """The same loss for some of the samples: their weights go with them."""
        if self.sample_weights is None:
            return self
        return replace(self, sample_weights=np.asarray(self.sample_weights)[:, columns])

    def _prepared(self, a: ArrayLike, y: ArrayLike) -> tuple[Array, Targets]:
        a = as_matrix(a, "a")
        return a, self.targets(y, a.shape)


@dataclass(frozen=True, eq=False)
class ClassLoss(Loss):
    """A loss over classes: targets are one-hot (or distributions), or labels with a stated offset.

    With `label_offset` (0 as in Python, 1 as in MATLAB) y may hold N labels. `label_smoothing` e turns y into
    (1 - e) y + e / K.
    """

    label_offset: int | None = None
    label_smoothing: float = 0.0

    def __post_init__(self) -> None:
        super().__post_init__()
        require_from_zero(self.label_smoothing, "label_smoothing", below=1)
        if not (self.label_offset is None or isinstance(self.label_offset, Integral)):
            raise ArgumentError(
                f"label_offset is {self.label_offset!r}; 0 (Python), 1 (MATLAB) or None is expected"
            )

    def encoded(self, y: ArrayLike, shape: tuple[int, int]) -> Array:
        given = as_numbers(y, "y")
        if given.shape == shape or given.size != shape[1] or given.ndim > 2:
            return super().encoded(y, shape)
        if self.label_offset is None:
            raise ShapeError(
                f"y is {size(given.shape)}; {size(shape)} is expected: for labels state label_offset, "
                "1 if the first class is 1 (MATLAB), 0 if it is 0 (Python)"
                + ("; for the targets of one output pass y.reshape(1, -1)" if shape[0] == 1 else "")
            )
        return one_hot(given, shape[0], self.label_offset)

    def smoothed(self, y: Array) -> Array:
        if not self.label_smoothing:
            return y
        smoothed: Array = (1 - self.label_smoothing) * y + self.label_smoothing / y.shape[0]
        return smoothed


def one_hot(labels: ArrayLike, K: int, offset: int) -> Array:
    """(K, N) targets of N labels whose first class is `offset`; a NaN label gives a column of NaN.

    Raises ArgumentError for a label outside offset .. offset + K - 1, naming it and its sample.
    """
    require_whole(K, "the number of classes")
    row = as_numbers(labels, "labels").reshape(-1)
    unknown = np.isnan(row)
    wrong = np.flatnonzero(~unknown & ~np.isin(row, np.arange(offset, offset + K)))
    if wrong.size:
        raise ArgumentError(
            f"label {row[wrong[0]]:g} at index {wrong[0]} (from 0) is not one of {offset}..{offset + K - 1}"
        )
    hot = (np.arange(offset, offset + K)[:, None] == row).astype(np.float64)
    return np.asarray(np.where(unknown, np.nan, hot))
