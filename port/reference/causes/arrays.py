"""Questions about arrays that several rules ask. Sizes are told from a sample before all is read."""

from collections.abc import Callable
from functools import lru_cache
from math import isqrt
from typing import Any

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[Any]
SAMPLE, FEW = 512, 64
LEAST_TOLD, SAME_RATIO = 4, 1e-9


@lru_cache(maxsize=64)
def probe(shape: tuple[int, ...]) -> tuple[Array, ...]:
    """The same pseudo-random places of every array of a shape; of a number, the number itself."""
    if not shape:
        return ()
    flat = np.random.default_rng(20).integers(0, int(np.prod(shape)), SAMPLE)
    return np.unravel_index(flat, shape)


def few_of(a: Array) -> Array:
    """A few elements, from the same places of all arrays of one shape."""
    return np.ravel(a[tuple(place[:FEW] for place in probe(a.shape))])


def residual(want: Array, got: Array, limit: float = 0.1) -> float:
    """max|got - want| over the larger maximum; inf where shapes, NaN or Inf patterns do not match.

    Of large arrays a sample is read first; if it already exceeds the limit, its figure is returned.
    """
    if want.shape != got.shape:
        return float("inf")
    if want.size > 4 * SAMPLE:
        places = probe(want.shape)
        rough = _residual(want[places], got[places])
        if rough > limit:
            return rough
    return _residual(want, got)


def _residual(want: Array, got: Array) -> float:
    with np.errstate(all="ignore"):
        apart = np.abs(got - want)
        top = max(peak(want), peak(got))
    if not np.isfinite(apart).all():
        odd = ~np.isfinite(apart)
        if not _same_kind(want[odd], got[odd]):
            return float("inf")
        apart = apart[~odd]
    worst = float(apart.max(initial=0.0))
    return worst / top if worst else 0.0


def _same_kind(a: Array, b: Array) -> bool:
    """NaN beside NaN, Inf beside Inf of its sign, throughout."""
    return bool(np.array_equal(a, b, equal_nan=True))


def peak(array: Array) -> float:
    """The largest finite magnitude; 0.0 when there is none."""
    sizes = np.abs(array)
    top = sizes.max(initial=0.0)
    return float(top) if np.isfinite(top) else float(sizes[np.isfinite(sizes)].max(initial=0.0))


def fit(want: Array, got: Array, tolerance: float) -> float | None:
    """The real constant c with got = c * want within `tolerance` of its largest entry, or None."""
    if want.shape != got.shape or not want.size:
        return None
    if want.size > 4 * SAMPLE:
        places = probe(want.shape)
        if fit(want[places], got[places], 100 * tolerance) is None:
            return None
    finite = np.isfinite(want) & np.isfinite(got)
    if not finite.all():
        if not _same_kind(np.isnan(want), np.isnan(got)):
            return None
        want, got = want[finite], got[finite]
    top = peak(want)
    if not top or not peak(got):
        return None
    unit = (want / top).ravel()
    ratio = float(np.vdot(unit, got.ravel()).real / np.vdot(unit, unit).real)
    return ratio / top if ratio and residual(ratio * unit, got.ravel()) <= tolerance else None


def may_fit(
    want: Array,
    got: Array,
    tolerance: float,
    factor: Callable[[Array], Array] | None = None,
    a: Array | None = None,
) -> bool:
    """Whether a few elements of both are in one ratio: a cheap question to ask before a dear one.

    With `factor` and `a` of the same shape: whether want is in one ratio to got * factor(a).
    """
    if want.shape != got.shape or not want.size:
        return False
    few = tuple(place[:FEW] for place in probe(want.shape))
    some, others = want[few], got[few]
    if factor is not None and a is not None:
        others = others * factor(a[few])
    return not (some.any() and others.any()) or fit(some, others, 100 * tolerance) is not None


def usual_ratio(want: Array, got: Array) -> float | None:
    """The ratio that a third of the elements that are not 0 have in common, that in the middle; None else."""
    if want.shape != got.shape or np.iscomplexobj(want) or np.iscomplexobj(got):
        return None
    if want.size > SAMPLE:
        want, got = want[probe(want.shape)], got[probe(want.shape)]
    told = np.isfinite(want) & np.isfinite(got) & (want != 0) & (got != 0)
    if int(told.sum()) < LEAST_TOLD:
        return None
    ratios = got[told] / want[told]
    middle = float(np.median(ratios))
    alike = np.abs(ratios - middle) <= SAME_RATIO * abs(middle)
    return middle if 3 * int(alike.sum()) >= alike.size and int(alike.sum()) >= LEAST_TOLD - 1 else None


def is_vector(array: Array) -> bool:
    """A row, a column or one dimension, of two elements at least."""
    return array.size > 1 and array.size == max(array.shape, default=0)


def is_square(array: Array) -> bool:
    """A matrix of as many rows as columns."""
    return array.ndim == 2 and array.shape[0] == array.shape[1]


def is_whole(array: Array) -> bool:
    """Whether every element is a whole number."""
    if array.size > FEW and not is_whole(array.flat[:FEW]):
        return False
    return bool(np.isrealobj(array) and np.isfinite(array).all() and (array == np.rint(array)).all())


def is_binary(array: Array) -> bool:
    """Whether every element is 0 or 1."""
    return is_whole(array) and bool(((array == 0) | (array == 1)).all())


def is_same(a: Array, b: Array) -> bool:
    """Whether two arrays hold the same values in the same places; a few are asked first."""
    if a is b or a.shape != b.shape:
        return a is b
    few = tuple(place[:FEW] for place in probe(a.shape)) if a.size > FEW else ...
    return np.array_equal(a[few], b[few], equal_nan=True) and np.array_equal(a, b, equal_nan=True)


def is_permutation(a: Array, b: Array) -> bool:
    """Whether two arrays hold the same values, each as often, in whatever order."""
    if a.size != b.size or np.iscomplexobj(a) or np.iscomplexobj(b):
        return False
    return bool(np.array_equal(np.sort(a, axis=None), np.sort(b, axis=None), equal_nan=True))


def nearest(array: Array, values: Array) -> Array:
    """The flat places in a real array of the elements nearest to some values."""
    order = np.argsort(array, axis=None, kind="stable")
    rising = array.ravel()[order]
    above = np.clip(np.searchsorted(rising, values.ravel()), 1, max(len(rising) - 1, 1))
    lower = np.abs(values.ravel() - rising[above - 1]) <= np.abs(values.ravel() - rising[above % len(rising)])
    places: Array = order[np.where(lower, above - 1, above)]
    return places


def folds(size: int) -> list[tuple[int, int]]:
    """Every (rows, columns) of a matrix with `size` elements and more than one row and column."""
    small = [n for n in range(2, isqrt(size) + 1) if size % n == 0]
    return sorted({(n, size // n) for n in small} | {(size // n, n) for n in small})


def along(array: Array, axis: int, start: int | None, stop: int | None) -> Array:
    """array[start:stop] along one axis."""
    index: list[slice] = [slice(None)] * array.ndim
    index[axis] = slice(start, stop)
    return array[tuple(index)]


def centred(array: Array, *axes: int) -> Array:
    """The array less its means along each axis in turn."""
    for axis in axes:
        array = array - array.mean(axis=axis, keepdims=True)
    return array


def is_grid(array: Array) -> bool:
    """Whether a matrix repeats one row, or one column, as meshgrid's results do."""
    return (
        array.ndim == 2 and min(array.shape) > 1 and _one_line_repeated(array) != _one_line_repeated(array.T)
    )


def _one_line_repeated(array: Array) -> bool:
    return bool((array[:2] == array[:1]).all()) and bool((array == array[:1]).all())


def is_orthonormal(array: Array, noise: float) -> bool:
    """Whether the columns, of many the first, are of length 1 and at right angles."""
    if array.ndim != 2 or array.shape[0] < array.shape[1]:
        return False
    if not abs(float(np.linalg.norm(array[:, 0])) - 1) < 1e-3:
        return False
    some = array[:, :FEW]
    return residual(np.eye(some.shape[1]), some.conj().T @ some) <= max(noise, 1e-10) * 10


def is_triangular(array: Array) -> bool:
    """Whether a square matrix is upper triangular (not diagonal)."""
    if array.ndim != 2 or array.shape[0] != array.shape[1] or len(array) < 2 or array[-1, :-1].any():
        return False
    return not np.tril(array, -1).any() and bool(np.triu(array, 1).any())


def is_special(array: Array, noise: float) -> bool:
    """Whether a matrix is of a kind whose transpose has causes of its own: a grid, triangular, orthonormal."""
    return is_grid(array) or is_triangular(array) or is_orthonormal(array, noise)


def distinct(array: Array) -> int:
    """How many values occur, of a sample."""
    return len(np.unique(array[probe(array.shape)] if array.size > SAMPLE else array))


def nearly(a: float, b: float, tolerance: float) -> bool:
    """Whether two numbers agree relatively."""
    return abs(a - b) <= tolerance * max(abs(a), abs(b))


def entropy(array: Array) -> float:
    """The bits in the order of the values, of a sample: how many, times the entropy of their distribution."""
    values = array[probe(array.shape)] if array.size > SAMPLE else array
    shares = np.unique(values, return_counts=True)[1] / values.size
    return float(-values.size * (shares * np.log2(shares)).sum())
