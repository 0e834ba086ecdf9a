"""Sums, extremes and statistics along MATLAB's default dimension, the first that is not 1.

NumPy reduces the flattened array by default, drops the dimension, propagates NaN in extremes, and divides by
n in `std`.
"""

import math
from collections.abc import Callable
from typing import Any

import numpy as np

from port.migrate.runtime.operators import expanding
from port.migrate.runtime.shapes import first_dim, trimmed
from port.migrate.runtime.values import (
    INTEGER_CLASSES,
    Array,
    MatlabError,
    Value,
    as_class,
    cell_array,
    class_,
    common_class,
    given,
    grid,
    iscell,
    matrix,
    narrow,
    same_kind,
    unbox,
    whole,
)


def axis_of(array: Array, dim: Value) -> int:
    """The axis to work along: the one asked for (1-based), or the first that is not 1.

    Raises MATLAB's error for what is no dimension, as an option that is not known here.
    """
    if not given(dim):
        return first_dim(array)
    if isinstance(dim, str) or matrix(dim).size > 1:
        raise MatlabError(f"DIM must be a valid dimension, not {dim!r}")
    return whole(dim) - 1


def _reduced(operation: Callable[..., Any], x: Value, dim: Value, empty: float) -> Value:
    """Apply a NumPy reduction along one axis and keep that axis; of 0x0 the answer is one number, `empty`.

    With a dimension, Octave reduces 0x0 as 0x1 (MATLAB: `sum([], 1)` is 1x0).
    """
    array = matrix(x)
    if array.shape == (0, 0):
        if not given(dim):
            return np.float64(empty)
        array = array.reshape(0, 1)
    axis = axis_of(array, dim)
    if axis >= array.ndim:
        return unbox(array.copy())
    with np.errstate(all="ignore"):
        return unbox(narrow(trimmed(np.asarray(operation(array, axis=axis, keepdims=True)))))


def sum_(x: Value, dim: Value = None) -> Value:
    """The sum down columns (of a vector: of all), 2-D; of `[]` 0. Integer classes give double."""
    return _accumulated(_in_turn, x, dim, 0.0)


def _in_turn(array: Array, axis: int, keepdims: bool) -> Array:
    """The sum of one after the other, as Octave takes it: `np.sum` adds pairs, and what follows may hang on the last
    digit.
    """
    if array.shape[axis] < 8:
        return np.asarray(np.sum(array, axis=axis, keepdims=keepdims))
    return np.take(np.cumsum(array, axis=axis), [-1], axis=axis)


def prod_(x: Value, dim: Value = None) -> Value:
    """The product down columns (of a vector: of all), 2-D; of `[]` 1."""
    return _accumulated(np.prod, x, dim, 1.0)


def _accumulated(operation: Callable[..., Any], x: Value, dim: Value, empty: float) -> Value:
    return _reduced(operation, floats(x), dim, empty)


def sumsq(x: Value, dim: Value = None) -> Value:
    """Octave's sum of squared magnitudes."""
    return sum_(np.abs(matrix(x)) ** 2, dim)


def cumsum(x: Value, dim: Value = None) -> Value:
    """Running sums down columns (along a row); `np.cumsum` flattens."""
    return _running(np.cumsum, x, dim)


def cumprod(x: Value, dim: Value = None) -> Value:
    """Running products down columns (along a row); `np.cumprod` flattens."""
    return _running(np.cumprod, x, dim)


def _running(operation: Callable[..., Any], x: Value, dim: Value) -> Value:
    array = floats(x)
    axis = axis_of(array, dim)
    return unbox(operation(array, axis=axis) if axis < array.ndim else array.copy())


def any_(x: Value, dim: Value = None) -> Value:
    """Whether an element of each column (of a vector: of all) is not zero; of `[]` false."""
    return unbox(matrix(_reduced(np.any, x, dim, 0.0)).astype(bool))


def all_(x: Value, dim: Value = None) -> Value:
    """Whether all elements of each column (of a vector: of all) are not zero; of `[]` true."""
    return unbox(matrix(_reduced(np.all, x, dim, 1.0)).astype(bool))


def nnz(x: Value) -> float:
    """The number of elements that are not zero."""
    return float(np.count_nonzero(matrix(x)))


def max_(x: Value, y: Value = None, dim: Value = None, *, nargout: int = 1) -> Value:
    """The largest down columns, or of two arrays element by element; NaN is passed over, unlike in `np.max`.

    `nargout=2` also gives the 1-based position of the first largest. Complex numbers go by their magnitude.
    """
    return _extreme(x, y, dim, nargout, np.nanargmax, np.fmax)


def min_(x: Value, y: Value = None, dim: Value = None, *, nargout: int = 1) -> Value:
    """The smallest, as `max_`."""
    return _extreme(x, y, dim, nargout, np.nanargmin, np.fmin)


def _extreme(x: Value, y: Value, dim: Value, nargout: int, arg: Any, pair: Any) -> Value:
    if given(y) or (y is not None and not given(dim) and not isinstance(dim, np.ndarray)):
        return _extreme_of_two(matrix(x), matrix(y), pair)
    array = matrix(x)
    axis = axis_of(array, dim)
    if axis >= array.ndim:
        values, places = array.copy(), np.ones(array.shape)
    elif array.shape[axis] == 0:
        values = places = np.zeros(_emptied(array, axis))
    else:
        first = _first_extreme(array, axis, arg)
        values, places = np.take_along_axis(array, first, axis), first + 1.0
    best = unbox(narrow(trimmed(values)))
    return (best, unbox(trimmed(places))) if nargout > 1 else best


def _emptied(array: Array, axis: int) -> tuple[int, ...]:
    """The shape of the extremes along an empty dimension: none at all."""
    return (
        (0, 0)
        if array.shape == (0, 0)
        else tuple(min(n, 1) if k == axis else n for k, n in enumerate(array.shape))
    )


def _first_extreme(array: Array, axis: int, arg: Any) -> Array:
    """The position of the extreme along an axis; where all is NaN, the first."""
    keys = np.abs(array) if array.dtype.kind == "c" else array
    if keys.dtype.kind == "f":
        missing = np.isnan(keys)
        all_missing = missing.all(axis=axis, keepdims=True)
        keys = np.where(all_missing, 0.0, keys) if missing.any() else keys
    return np.expand_dims(arg(keys, axis=axis), axis)


def _extreme_of_two(x: Array, y: Array, pair: Any) -> Value:
    x, y = expanding(pair.__name__.removeprefix("f"), x, y)
    name = common_class(x, y)
    if x.dtype.kind == "b" and y.dtype.kind == "b":
        name = "logical"
    wide = [v if v.dtype.kind in "fc" else v.astype(float) for v in (x, y)]
    return unbox(as_class(narrow(pair(*wide)), name))


def cummax(x: Value, dim: Value = None, *, nargout: int = 1) -> Any:
    """The largest so far down columns, NaN passed over; `nargout=2` gives its 1-based place too."""
    return _running_extreme(np.fmax, np.greater, x, dim, nargout)


def cummin(x: Value, dim: Value = None, *, nargout: int = 1) -> Any:
    """The smallest so far down columns, NaN passed over; `nargout=2` gives its 1-based place too."""
    return _running_extreme(np.fmin, np.less, x, dim, nargout)


def _running_extreme(pair: Any, better: Any, x: Value, dim: Value, nargout: int) -> Any:
    array = matrix(x)
    axis = axis_of(array, dim)
    values = pair.accumulate(array, axis=axis)
    if nargout == 1:
        return unbox(values)
    before = np.roll(values, 1, axis=axis)
    places = np.arange(array.shape[axis]).reshape([-1 if k == axis else 1 for k in range(array.ndim)])
    moved = np.where(better(values, before) & (places > 0), places, 0)
    return unbox(values), unbox(np.maximum.accumulate(moved, axis=axis) + 1.0)


def range_(x: Value, dim: Value = None) -> Value:
    """Largest minus smallest down columns."""
    return unbox(matrix(max_(x, None, dim)) - matrix(min_(x, None, dim)))


def floats(x: Value) -> Array:
    """A numeric array in floating point."""
    array = matrix(x)
    return array if array.dtype.kind in "fc" else array.astype(float)


def mean(x: Value, dim: Value = None, kind: str = "a") -> Value:
    """The mean down columns (of a vector: of all), 2-D; of `[]` NaN. kind: "g" geometric, "h" harmonic."""
    if isinstance(dim, str):
        return mean(x, None, dim)
    if kind == "g":
        return unbox(np.exp(matrix(mean(np.log(floats(x)), dim))))
    if kind == "h":
        return unbox(1 / matrix(mean(1 / floats(x), dim)))
    return _reduced(_quiet_mean, floats(x), dim, np.nan)


def _quiet_mean(array: Array, axis: int, keepdims: bool) -> Array:
    """`np.mean` warns of an empty dimension; MATLAB answers NaN."""
    return np.asarray(array.sum(axis=axis, keepdims=keepdims) / array.shape[axis])


def median(x: Value, dim: Value = None) -> Value:
    """The median down columns; NaN where there is one; of `[]` NaN. Integer classes and logical are kept."""
    array = floats(x)
    if array.size == 0:
        return mean(array, dim)
    middle = matrix(_reduced(np.median, array, dim, np.nan))
    kept = class_(x) if class_(x) in (*INTEGER_CLASSES, "logical") else class_(middle)
    return unbox(as_class(middle, kept))


def mode(x: Value, dim: Value = None, *, nargout: int = 1) -> Value:
    """The most frequent value down columns, of several the smallest; `nargout=2` gives how often too."""
    array = floats(x)
    if array.size == 0:
        return (np.float64(np.nan), np.float64(0))[:nargout] if nargout > 1 else np.float64(np.nan)
    axis = axis_of(array, dim)
    pairs = np.apply_along_axis(_mode_of, axis, array)
    values, counts = (trimmed(np.take(pairs, [k], axis=axis)) for k in (0, 1))
    return (unbox(values), unbox(counts)) if nargout > 1 else unbox(values)


def _mode_of(line: Array) -> Array:
    values, counts = np.unique(line, return_counts=True)
    best = int(np.argmax(counts))
    return np.array([values[best], float(counts[best])])


def var(x: Value, weights: Value = None, dim: Value = None) -> Value:
    """The variance down columns over n - 1, or over n where the second argument is 1, or with weights; NumPy:
    over n.
    """
    array = floats(x)
    if not given(dim) and array.shape == (0, 0):
        return np.float64(np.nan)
    axis = axis_of(array, dim)
    if axis >= array.ndim:
        return unbox(np.zeros(array.shape))
    if given(weights) and matrix(weights).size > 1:
        return unbox(_weighted_variance(array, matrix(weights).ravel(), axis))
    count = array.shape[axis]
    over = count if (given(weights) and whole(weights) == 1) or count <= 1 else count - 1
    with np.errstate(all="ignore"):
        centred = array - _quiet_mean(array, axis, True)
        return unbox(trimmed(np.sum(np.abs(centred) ** 2, axis=axis, keepdims=True) / over))


def _weighted_variance(array: Array, weights: Array, axis: int) -> Array:
    mean_value = np.expand_dims(np.average(array, axis=axis, weights=weights), axis)
    return np.expand_dims(np.average(np.abs(array - mean_value) ** 2, axis=axis, weights=weights), axis)


def std(x: Value, weights: Value = None, dim: Value = None) -> Value:
    """The square root of `var`: over n - 1 unless told otherwise."""
    return unbox(np.sqrt(matrix(var(x, weights, dim))))


def diff(x: Value, order: Value = None, dim: Value = None) -> Value:
    """Differences down columns (`np.diff` goes along the last axis), `order` times; integer classes saturate."""
    array = floats(x)
    kept = class_(x) if class_(x) in INTEGER_CLASSES else class_(array)
    for _ in range(whole(order) if given(order) else 1):
        array = np.diff(array, axis=axis_of(array, dim)) if array.size > 1 or given(dim) else np.zeros((0, 0))
        array = array if kept == class_(array) else as_class(array, kept).astype(float)
    return unbox(as_class(array, kept))


def sort(x: Value, dim: Value = None, mode: Value = None, *, nargout: int = 1) -> Value:
    """Sorted down columns (`np.sort`: the last axis), stable; NaN last, descending first; also text and
    cells.

    `sort(x, "descend")` is understood; `nargout=2` gives the 1-based order too. Complex: by magnitude, then
    angle.
    """
    if isinstance(dim, str):
        dim, mode = None, dim
    if iscell(x):
        return _sorted_cell(x, nargout, mode)
    array = grid(x)
    axis = axis_of(array, dim)
    array = array.reshape(array.shape + (1,) * (axis + 1 - array.ndim))
    order = _order(array, axis, mode is not None and str(mode).lower().startswith("d"))
    values, order = same_kind(trimmed(np.take_along_axis(array, order, axis)), x), trimmed(order)
    return (values, unbox(order + 1.0)) if nargout > 1 else values


def _order(array: Array, axis: int, descending: bool) -> Array:
    """The stable order of the elements along an axis."""
    if array.dtype.kind == "c":
        by_angle = np.argsort(np.angle(array), axis=axis, kind="stable")
        by_size = np.argsort(np.abs(np.take_along_axis(array, by_angle, axis)), axis=axis, kind="stable")
        order = np.take_along_axis(by_angle, by_size, axis)
        return np.asarray(np.flip(order, axis) if descending else order)
    if not descending:
        return np.asarray(np.argsort(array, axis=axis, kind="stable"))
    backwards = np.argsort(np.flip(array, axis), axis=axis, kind="stable")
    return np.asarray(array.shape[axis] - 1 - np.flip(backwards, axis))


def _sorted_cell(x: Value, nargout: int, mode: Value) -> Value:
    array = grid(x)
    items = list(array.ravel(order="F"))
    order = sorted(range(len(items)), key=lambda i: items[i])
    if mode is not None and mode.lower().startswith("d"):
        order = sorted(range(len(items)), key=lambda i: items[i], reverse=True)
    values = same_kind(cell_array([items[i] for i in order], array.shape), [])
    places = np.array(order, dtype=float).reshape(array.shape) + 1
    return (values, unbox(places)) if nargout > 1 else values


def sortrows(x: Value, by: Value = None, *, nargout: int = 1) -> Value:
    """Rows in order of the (1-based) columns given, a negative one descending; by default from the first to
    the last.
    """
    array = grid(x)
    keys = [int(c) for c in matrix(by).ravel()] if given(by) else list(range(1, array.shape[1] + 1))
    order = np.arange(array.shape[0])
    for key in reversed(keys):
        column = array[order, abs(key) - 1].reshape(-1, 1)
        order = order[_order(column, 0, key < 0).ravel()]
    values = same_kind(array[order], x)
    return (values, unbox(order.reshape(-1, 1) + 1.0)) if nargout > 1 else values


def issorted(x: Value) -> bool:
    """Whether a vector is in ascending order."""
    flat = matrix(x).ravel(order="F")
    return bool(np.all(flat[:-1] <= flat[1:]))


def nonzeros(x: Value) -> Value:
    """What is not zero, as a column, column by column."""
    flat = matrix(x).reshape(-1, 1, order="F")
    return unbox(flat[flat[:, 0] != 0])


def find(x: Value, count: Value = None, which: Value = None, *, nargout: int = 1) -> Value:
    """1-based places of what is not zero, counted by columns: a row for a row, else a column.

    `count` takes the first (or "last") so many; `nargout=2` gives rows and columns, 3 the values too.
    NumPy counts from 0, by rows.
    """
    array = matrix(x)
    flat = array.reshape(array.shape[0], math.prod(array.shape[1:]), order="F")
    places = np.flatnonzero(flat.ravel(order="F"))
    if given(count):
        places = places[-whole(count) :] if which == "last" else places[: whole(count)]
    shape = _found_shape(array if count is None else array * 1.0, places.size)
    outputs: list[Any] = [places + 1.0]
    if nargout > 1:
        outputs = [
            places % array.shape[0] + 1.0,
            places // max(array.shape[0], 1) + 1.0,
            flat.ravel(order="F")[places],
        ]
    shaped = [unbox(v.reshape(shape)) for v in outputs]
    return tuple(shaped[:nargout]) if nargout > 1 else shaped[0]


def _found_shape(array: Array, count: int) -> tuple[int, int]:
    if array.shape == (0, 0) or (array.size == 1 and count == 0):
        return (0, 1) if array.dtype == bool and array.size == 0 else (0, 0)
    if array.ndim == 2 and array.shape[0] == 1 and array.shape[1] != 1:
        return 1, count
    return count, 1
