"""Sets, histograms and groups."""

from collections.abc import Callable
from typing import Any

import numpy as np

from port.migrate.runtime.calling import feval
from port.migrate.runtime.values import (
    Array,
    Value,
    cell_array,
    given,
    grid,
    iscell,
    matrix,
    same_kind,
    unbox,
    whole,
)

Keep = Callable[[Array], Array]


def unique(x: Value, *options: str, nargout: int = 1) -> Any:
    """The different values, sorted: a row for a row, else a column; of a cell its texts; or "rows", "stable", "last".

    `nargout=3` gives 1-based places as columns, with `u = x(i)` and `x = u(j)`; of equal ones `i` is the first.
    """
    array = grid(x)
    by_rows = "rows" in options and not iscell(x)
    values, first, last, inverse = _unique_rows(array) if by_rows else _unique_items(array.ravel(order="F"))
    if "stable" in options:
        order = np.argsort(first)
        values, first, last = values[order], first[order], last[order]
        inverse = np.argsort(order)[inverse]
    if not by_rows:
        shape = (1, -1) if array.ndim == 2 and array.shape[0] == 1 else (-1, 1)
        empty = (0, int(array.shape != (0, 0)))
        values = values.reshape(shape) if array.size else np.zeros(empty, dtype=array.dtype)
    places = last if "last" in options else first
    columns = [unbox((v + 1.0).reshape(-1, 1)) for v in (places, inverse)]
    return (same_kind(values, x), *columns)[:nargout] if nargout > 1 else same_kind(values, x)


def _unique_items(flat: Array) -> tuple[Array, Array, Array, Array]:
    """Sorted different values, first and last places of each, and the place of every item among them."""
    if flat.dtype == object:
        values = cell_array(sorted(set(flat)), (len(set(flat)),))
        inverse = np.searchsorted(values, flat)
    else:
        values, inverse = np.unique(flat, return_inverse=True, equal_nan=False)
    return values, *_ends(inverse, len(values)), inverse


def _unique_rows(array: Array) -> tuple[Array, Array, Array, Array]:
    values, inverse = np.unique(array, axis=0, return_inverse=True)
    return values, *_ends(inverse.ravel(), len(values)), inverse.ravel()


def _ends(inverse: Array, count: int) -> tuple[Array, Array]:
    """The first and the last place of every value."""
    first, last = np.zeros(count, dtype=int), np.zeros(count, dtype=int)
    last[inverse] = np.arange(inverse.size)
    first[inverse[::-1]] = np.arange(inverse.size)[::-1]
    return first, last


def _set_items(x: Value) -> list[Any]:
    """The elements a set function works on: numbers, characters, or the texts of a cell."""
    return list(grid(x).ravel(order="F")) if iscell(x) else list(grid(x).ravel(order="F").tolist())


def ismember(x: Value, among: Value, *options: str, nargout: int = 1) -> Any:
    """Which elements of `x` (rows, or one text in a cell) are in a set; `nargout=2` gives a 1-based place
    there, the last as in Octave (MATLAB: the first), or 0.
    """
    listed = [tuple(row) for row in matrix(among)] if "rows" in options else _set_items(among)
    places = {item: place + 1.0 for place, item in enumerate(listed)}
    if "rows" in options:
        found = np.array([[places.get(tuple(row), 0.0)] for row in matrix(x)])
    elif iscell(among) and not iscell(x):
        found = np.array([[places.get(x, 0.0) if isinstance(x, str) else 0.0]])
    else:
        array = grid(x)
        found = np.array([places.get(v, 0.0) for v in _set_items(x)], dtype=float).reshape(
            array.shape, order="F"
        )
    return (unbox(found > 0), unbox(found)) if nargout > 1 else unbox(found > 0)


def _combined(a: Value, b: Value, options: tuple[str, ...], keep: Keep, row: bool, nargout: int) -> Any:
    """Those of the sorted first that `keep` chooses by whether they are in the second, and 1-based places in each."""
    if "rows" in options:
        return _combined_rows(matrix(a), matrix(b), keep, nargout)
    values, places = unique(a, nargout=2)
    member = matrix(ismember(values, b)).ravel(order="F").astype(bool)
    chosen = np.flatnonzero(keep(member))
    result = _as_vector([_set_items(values)[k] for k in chosen], row, values)
    if nargout == 1:
        return result
    others = matrix(ismember(result, b, nargout=2)[1]).reshape(-1, 1, order="F")
    return (result, unbox(matrix(places)[chosen]), unbox(others))[:nargout]


def _is_row(x: Value) -> bool:
    return bool(grid(x).ndim == 2 and grid(x).shape[0] == 1)


def _as_vector(items: list[Any], row: bool, model: Value) -> Value:
    if iscell(model):
        return same_kind(cell_array(items, (1, len(items)) if row else (len(items), 1)), [])
    return same_kind(np.array(items, dtype=grid(model).dtype).reshape((1, -1) if row else (-1, 1)), model)


def _combined_rows(a: Array, b: Array, keep: Keep, nargout: int) -> Any:
    values, places = (matrix(v) for v in unique(a, "rows", nargout=2))
    others = {tuple(row) for row in b}
    member = np.array([tuple(row) in others for row in values], dtype=bool)
    chosen = keep(member)
    return (unbox(values[chosen]), unbox(places[chosen])) if nargout > 1 else unbox(values[chosen])


def intersect(a: Value, b: Value, *options: str, nargout: int = 1) -> Any:
    """The values in both, sorted; `nargout=3` gives their 1-based places in each."""
    if not options and 0 in (grid(a).size, grid(b).size):
        nothing: Value = [] if iscell(a) or iscell(b) else np.zeros((0, 0))
        return (nothing, np.zeros((0, 0)), np.zeros((0, 0)))[:nargout] if nargout > 1 else nothing
    return _combined(a, b, options, lambda member: member, _is_row(a) and _is_row(b), nargout)


def setdiff(a: Value, b: Value, *options: str, nargout: int = 1) -> Any:
    """The values of the first that are not in the second, sorted."""
    if not options and grid(a).size == 0:
        return unique(a, nargout=nargout)
    return _combined(a, b, options, lambda member: ~member, _is_row(a), nargout)


def union(a: Value, b: Value, *options: str) -> Value:
    """The values in either, sorted."""
    if "rows" in options:
        return unique(np.vstack([matrix(a), matrix(b)]), "rows")
    model = a if iscell(a) or (not iscell(b) and grid(a).size) else b
    items = (
        sorted(set(_set_items(a)) | set(_set_items(b)))
        if iscell(model)
        else list(np.unique(_set_items(a) + _set_items(b)))
    )
    return _as_vector(items, _is_row(a) and _is_row(b), model)


def setxor(a: Value, b: Value) -> Value:
    """The values in one of the two alone, sorted."""
    return union(setdiff(a, b), setdiff(b, a))


def histc(x: Value, edges: Value, *, nargout: int = 1) -> Any:
    """How many values fall from each edge up to the next, the last edge counting what equals it; down
    columns. `nargout=2` also gives the number of each value's bin, 0 for none.
    """
    array, limits = matrix(x), matrix(edges).ravel()
    vector = 1 in array.shape
    columns = array.reshape(-1, 1) if vector else array
    places = np.searchsorted(limits, columns, side="right") - 1
    places[columns > limits[-1]] = -1
    counts = np.array(
        [[np.count_nonzero(column == k) for column in places.T] for k in range(limits.size)], dtype=float
    )
    result = unbox(counts.T if vector and array.shape[0] == 1 and array.size > 1 else counts)
    return (result, unbox((places + 1.0).reshape(array.shape))) if nargout > 1 else result


def hist(x: Value, bins: Value = 10, scale: Value = None, *, nargout: int = 1) -> Any:
    """Counts in equal bins between smallest and largest, or around the centres given; `nargout=2` gives the
    centres.
    """
    flat = matrix(x).astype(float).ravel(order="F")
    centres = matrix(bins).ravel()
    if centres.size == 1:
        count = whole(bins)
        width = (flat.max() - flat.min()) / count / 2
        centres = np.linspace(flat.min() + width, flat.max() - width, count)
    places = np.searchsorted((centres[:-1] + centres[1:]) / 2, flat, side="left")
    counts = np.bincount(places, minlength=centres.size).astype(float).reshape(1, -1)
    if given(scale):
        counts = counts / counts.sum() * whole(scale)
    return (unbox(counts), unbox(centres.reshape(1, -1))) if nargout > 1 else unbox(counts)


def accumarray(
    places: Value, values: Value, size: Value = None, function: Any = None, fill: Value = None
) -> Value:
    """Sums (or a function) of values grouped by 1-based places: a column, or an array where places have
    columns.
    """
    subscripts = matrix(places)
    if 1 in subscripts.shape and subscripts.shape[0] == 1:
        subscripts = subscripts.T
    data = (
        np.broadcast_to(matrix(values).ravel(order="F"), (subscripts.shape[0],))
        if matrix(values).size == 1
        else matrix(values).ravel(order="F")
    )
    extents = [int(n) for n in subscripts.max(axis=0)] if subscripts.size else [0]
    shape = (
        tuple(int(n) for n in matrix(size).ravel()) if given(size) else (*extents, 1)[: max(2, len(extents))]
    )
    groups: dict[tuple[int, ...], list[Any]] = {}
    for subscript, value in zip(subscripts, data, strict=True):
        groups.setdefault(tuple(int(k) - 1 for k in subscript), []).append(value)
    result = np.full(shape, float(matrix(fill).flat[0]) if given(fill) else 0.0)
    for place, group in groups.items():
        column = np.array(group).reshape(-1, 1)
        target = (*place, *[0] * (len(shape) - len(place)))
        result[target] = feval(function, column) if callable(function) else column.sum()
    return unbox(result)
