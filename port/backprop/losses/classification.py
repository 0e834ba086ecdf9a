"""Losses of classes: what outputs as probabilities say about the targets."""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import ArrayLike

from port.backprop.arrays import Array, as_columns, column_sums, require_from_zero, require_positive
from port.backprop.losses.base import ClassLoss, Loss, Targets
from port.errors import ArgumentError


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


@dataclass(frozen=True, eq=False)
class NegativeLogLikelihood(ClassLoss):
    """-sum(y a) of log-probabilities a: cross-entropy after log_softmax instead of softmax."""

    name = "negative_log_likelihood"
    matlab = "-sum(y .* a, 'all')"
    domain = "log-probabilities, such as log_softmax gives"

    def terms(self, a: Array, y: Array) -> Array:
        return np.where(y == 0, 0, -y * a)

    def slopes(self, a: Array, y: Array) -> Array:
        return -y * np.ones_like(a)

    def bends(self, a: Array, y: Array) -> Array:
        return np.zeros_like(a)


@dataclass(frozen=True, eq=False)
class KullbackLeibler(CrossEntropy):
    """sum(y log(y / a)): cross-entropy less the entropy of y, so that it is 0 where a = y."""

    name = "kl"
    matlab = "sum(y .* log(y ./ a), 'all')"

    def terms(self, a: Array, y: Array) -> Array:
        return np.where(y == 0, 0, y * (np.log(y) - np.log(a)))


@dataclass(frozen=True, eq=False)
class Focal(ClassLoss):
    """-alpha sum(y (1 - a)^f log a) with the focus f: easy samples count less (Lin et al., 2017).

    MATLAB's focalCrossEntropy has alpha = 0.25 and a focus of 2 by default.
    """

    name = "focal"
    matlab = "-alpha * sum(y .* (1 - a) .^ f .* log(a), 'all')"
    domain = "probabilities above 0, such as softmax gives"
    focus: float = 2.0
    alpha: float = 1.0

    def __post_init__(self) -> None:
        super().__post_init__()
        require_from_zero(self.focus, "the focus of focal")
        require_positive(self.alpha, "the alpha of focal")

    def terms(self, a: Array, y: Array) -> Array:
        return self.alpha * np.where(y == 0, 0, -y * (1 - a) ** self.focus * np.log(a))

    def slopes(self, a: Array, y: Array) -> Array:
        f, miss = self.focus, 1 - a
        easy = np.where(miss == 0, 0, f * miss ** (f - 1) * np.log(a)) if f else 0.0
        return self.alpha * np.where(y == 0, 0, y * (easy - miss**f / a))

    def bends(self, a: Array, y: Array) -> Array:
        f, miss = self.focus, 1 - a
        curved = f * (f - 1) * np.where(miss == 0, 0, miss ** (f - 2) * np.log(a)) if f not in (0, 1) else 0.0
        mixed = 2 * f * miss ** (f - 1) / a if f else 0.0
        return self.alpha * np.where(y == 0, 0, y * (mixed - curved + miss**f / a / a))


@dataclass(frozen=True, eq=False)
class Hinge(Loss):
    """sum max(0, 1 - y a) of scores a, for targets y of -1 and 1. Raises ArgumentError for another target."""

    name = "hinge"
    matlab = "sum(max(0, 1 - y .* a), 'all')"

    def encoded(self, y: ArrayLike, shape: tuple[int, int]) -> Array:
        given = super().encoded(y, shape)
        other = given[~np.isnan(given) & (np.abs(given) != 1)]
        if other.size:
            remedy = ": pass 2 * y - 1" if np.isin(other, (0, 1)).all() else ""
            raise ArgumentError(f"hinge takes targets of -1 and 1, but y holds {other[0]:g}{remedy}")
        return given

    def terms(self, a: Array, y: Array) -> Array:
        return np.where((y * a).real < 1, 1 - y * a, 0)

    def slopes(self, a: Array, y: Array) -> Array:
        return np.where((y * a).real < 1, -y, 0)

    def bends(self, a: Array, y: Array) -> Array:
        return np.zeros_like(a)


@dataclass(frozen=True, eq=False)
class MulticlassHinge(ClassLoss):
    """sum over the wrong classes of max(0, 1 + a_k - a_right) (Weston and Watkins, 1999), for one-hot targets.

    A class weight counts for the samples of that class. Raises ArgumentError for targets that are not one-hot.
    """

    name = "multiclass_hinge"
    matlab = "sum((1 - y) .* max(0, 1 + a - sum(y .* a, 1)), 'all')"

    def targets(self, y: ArrayLike, shape: tuple[int, int]) -> Targets:
        if self.label_smoothing:
            raise ArgumentError("multiclass_hinge takes one-hot targets; label_smoothing makes them shares")
        encoded = self.encoded(y, shape)
        known = ~np.isnan(encoded).any(axis=0, keepdims=True)
        right = np.where(known, encoded, 0)
        if np.any((right != 0) & (right != 1)) or np.any(right.sum(axis=0, keepdims=True) != known):
            raise ArgumentError("multiclass_hinge takes one-hot targets: a single 1 a column, else 0")
        plain = replace(self, class_weights=None)
        found = Loss.targets(plain, np.where(known, encoded, np.nan), shape)
        if self.class_weights is None:
            return found
        of_class = as_columns(self.class_weights, "class_weights", (shape[0], 1))
        return replace(found, weight=found.weight * column_sums(of_class * right))

    def terms(self, a: Array, y: Array) -> Array:
        margin = 1 + a - column_sums(y * a)
        return np.where((margin.real > 0) & (y == 0), margin, 0)

    def slopes(self, a: Array, y: Array) -> Array:
        wrong = ((self.terms(a, y).real > 0) & (y == 0)).astype(np.float64)
        return np.asarray(wrong - y * column_sums(wrong))

    def bends(self, a: Array, y: Array) -> Array:
        return np.zeros_like(a)
