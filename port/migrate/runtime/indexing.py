"""Ranges, subscripts and assignment, with MATLAB's 1-based indices and column-major order.

Subscripts are 1-based numbers, logical masks, `COLON`, or the text ":".
"""

import math
from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

import numpy as np

from port.migrate.runtime.calling import feval
from port.migrate.runtime.values import (
    Array,
    MatlabError,
    Value,
    as_class,
    cell_array,
    characters,
    class_,
    copied,
    grid,
    iscell,
    isstruct,
    matrix,
    narrow,
    same_kind,
    struct_array,
)


def columns(x: Value) -> Iterator[Value]:
    """What `for v = x` runs over: the columns, each 2-D (scalars where `x` is a row, 1x1 cells of a cell)."""
    array = grid(x)
    flat = array.reshape(array.shape[0], math.prod(array.shape[1:]), order="F")
    for j in range(flat.shape[1] if array.size else 0):
        yield same_kind(copied(flat[:, [j]]), x)


def last(x: Value, dim: int = 1, of: int = 1) -> int:
    """What `end` means as subscript number `dim` of `of`; the last subscript spans all dimensions that are
    left.
    """
    shape = grid(x).shape
    padded = [*shape, *[1] * (of - len(shape))]
    return int(np.prod(padded[dim - 1 :])) if dim == of else padded[dim - 1]


def index(x: Value, *subscripts: Any) -> Value:
    """`x(i)`, `x(i, j)`, ...: every subscript selects along its own dimension (`np.ix_`), one alone counts by
    columns.

    A scalar result comes back as a scalar, text as a str, part of a cell as a cell. A handle is called, a map
    looked up.
    """
    if isinstance(x, np.ndarray) and x.dtype.kind in "fb":
        place = _place(x.shape, subscripts)
        if place is not None:
            return x[place]
    if not subscripts:
        return copied(x)
    if class_(x) in ("function_handle", "containers.Map"):
        return x[subscripts[0]] if class_(x) == "containers.Map" else feval(x, *subscripts)
    array = grid(x)
    if len(subscripts) == 1:
        return _taken(_linear(array, subscripts[0]), x)
    folded = array.reshape(_folded(array.shape, len(subscripts)), order="F")
    chosen = [
        _positions(s, extent, k) for k, (s, extent) in enumerate(zip(subscripts, folded.shape, strict=True))
    ]
    return _taken(_squeezed_tail(folded[np.ix_(*chosen)]), x)


def _taken(part: Array, x: Value) -> Value:
    """A part of `x` that shares nothing with it, but for the one struct of an array, which is handed out itself."""
    if part.dtype == object and (part.size != 1 or iscell(x)):
        part = copied(part)
    return same_kind(narrow(part), x)


def _place(shape: tuple[int, ...], subscripts: tuple[Any, ...]) -> tuple[int, int] | None:
    """The 0-based place in a matrix that one or two plain numbers name; None for all else, which goes the long way."""
    if len(shape) != 2 or not 1 <= len(subscripts) <= 2:
        return None
    for subscript in subscripts:
        if (
            not isinstance(subscript, int | float | np.integer)
            or isinstance(subscript, bool)
            or subscript != subscript // 1
        ):
            return None
    i = int(subscripts[0]) - 1
    i, j = divmod(i, shape[0])[::-1] if len(subscripts) == 1 and shape[0] else (i, int(subscripts[-1]) - 1)
    return (i, j) if 0 <= i < shape[0] and 0 <= j < shape[1] else None


def _linear(array: Array, subscript: Any) -> Array:
    """`array(subscript)` with one subscript: a vector keeps its direction, else the subscript gives the
    shape.
    """
    if _is_colon(subscript):
        return array.flatten(order="F").reshape(-1, 1)
    chosen = array[np.unravel_index(_positions(subscript, array.size), array.shape, order="F")]
    shape = _shape_of_subscript(subscript)
    if array.ndim == 2 and 1 in array.shape and array.size != 1 and len(shape) == 2 and 1 in shape:
        return chosen.reshape((1, -1) if array.shape[0] == 1 else (-1, 1))
    return chosen.reshape(shape, order="F")


def _shape_of_subscript(subscript: Any) -> tuple[int, ...]:
    """The shape of a subscript as numbers: a mask counts as what `find` makes of it."""
    array = grid(subscript)
    if array.dtype != bool:
        return array.shape
    count = int(np.count_nonzero(array))
    if array.size == 1:
        return (count, count)
    return (1, count) if array.ndim == 2 and array.shape[0] == 1 else (count, 1)


def _is_colon(subscript: Any) -> bool:
    return isinstance(subscript, slice) or (isinstance(subscript, str) and subscript == ":")


def _positions(subscript: Any, extent: int, place: int | None = None) -> Array:
    """A subscript as 0-based positions within `extent`; outside it MATLAB's error."""
    positions = _unbounded(subscript, extent)
    if positions.size and positions.max() >= extent:
        value = int(positions.max()) + 1
        shown = f"{value}" if place is None else f"{'_,' * place}{value}"
        raise MatlabError(
            f"index ({shown}): out of bound; value {value} out of bound {extent}",
            "Octave:index-out-of-bounds",
        )
    return positions


def _unbounded(subscript: Any, extent: int) -> Array:
    """A subscript as 0-based positions, with no upper bound (assignment may grow)."""
    if _is_colon(subscript):
        return np.arange(extent)
    values = matrix(subscript).ravel(order="F")
    if values.dtype == bool:
        return np.flatnonzero(values)
    whole = values.real.astype(np.int64)
    if np.any(whole != values):
        raise MatlabError(
            f"subscript indices must be either positive integers or logicals, got {values}",
            "Octave:bad-index",
        )
    if whole.size and whole.min() < 1:
        raise MatlabError(
            f"index ({whole.min()}): out of bound; value {whole.min()} out of bound {extent}",
            "Octave:index-out-of-bounds",
        )
    return whole - 1


def _folded(shape: tuple[int, ...], count: int) -> tuple[int, ...]:
    """The shape seen by `count` subscripts: dimensions are missing as 1, or folded into the last."""
    padded = (*shape, *[1] * (count - len(shape)))
    return (*padded[: count - 1], int(np.prod(padded[count - 1 :])))


def _squeezed_tail(array: Array) -> Array:
    """Drop trailing dimensions of extent 1 beyond the second."""
    while array.ndim > 2 and array.shape[-1] == 1:
        array = array[..., 0]
    return array


def assign(x: Value, value: Value, *subscripts: Any) -> Value:
    """`x(i, j) = value`: grows `x` with zeros, widens its class, and returns it; None stands for an undefined
    `x`.

    NumPy raises outside the bounds and truncates what does not fit the dtype. `x` is changed in place where
    `value`
    fits, so use the result and copy first what is shared.
    """
    if (
        isinstance(x, np.ndarray)
        and x.dtype == float
        and isinstance(value, int | float)
        and x.flags.writeable
    ):
        place = _place(x.shape, subscripts)
        if place is not None:
            x[place] = value
            return x
    if class_(x) == "containers.Map":
        x[subscripts[0]] = value
        return x
    start = [] if x is None and iscell(value) else grid(value)[:0, :0] if x is None else x
    model = value if grid(start).size == 0 and not isinstance(start, str | list) else start
    target, source = _widened(grid(start), grid([value] if iscell(start) and not iscell(value) else value))
    if len(subscripts) == 1:
        target = _assign_linear(target, source, subscripts[0])
    else:
        target = _assign_subscripts(target, source, subscripts)
    if isstruct(target):
        _share_fields(target)
    return _stored(start, target) if isinstance(start, list) else same_kind(narrow(target), model)


def _share_fields(structs: Array) -> None:
    """Give every struct of an array the fields of the others, empty."""
    names = {name: None for item in structs.ravel() for name in vars(item)}
    for item in structs.ravel():
        for name in names:
            if not hasattr(item, name):
                setattr(item, name, np.zeros((0, 0)))


def _stored(cell: list[Value], target: Array) -> Value:
    """Keep a list the same list, so that a change is seen through every name it has, as with arrays."""
    if target.shape[0] > 1:
        return target
    cell[:] = list(target.ravel())
    return cell


def _widened(target: Array, source: Array) -> tuple[Array, Array]:
    """Both sides in the class of the target, complex where the source is; None takes the source's class."""
    if target.dtype == source.dtype or target.dtype.kind == source.dtype.kind == "U":
        return target, source
    if object in (target.dtype, source.dtype):
        dtype = target.dtype if target.dtype == object else source.dtype
        return target.astype(dtype), source.astype(dtype)
    if target.dtype.kind == "U":
        return target, characters(matrix(source))
    target, source = matrix(target), matrix(source)
    name = class_(target)
    dtype = np.result_type(as_class(target[:0], name), as_class(source[:0], name))
    return as_class(target, name).astype(dtype), as_class(source, name).astype(dtype)


def _assign_linear(target: Array, source: Array, subscript: Any) -> Array:
    """`target(subscript) = source` with one subscript; only vectors and empty arrays may grow."""
    positions = _unbounded(subscript, target.size)
    _require_fit(source.size, positions.size, "A(I) = X: X must have the same size as I")
    top = int(positions.max()) + 1 if positions.size else 0
    if top > target.size:
        target = _resized(target, _grown_vector(target.shape, top), source)
    where = np.unravel_index(positions, target.shape, order="F")
    target = _writable(target)
    target[where] = _items(source, positions.size)
    return target


def _items(source: Array, count: int) -> Array:
    """So many elements to be stored: one serves all, of objects as a copy for each place."""
    flat = source.ravel(order="F")
    if flat.size == 1 and count != 1:
        flat = np.repeat(flat, count)
    return copied(flat) if flat.dtype == object and count > 1 else flat


def _grown_vector(shape: tuple[int, ...], length: int) -> tuple[int, int]:
    """The shape of a vector that grew: a column stays one, everything else that may grow is a row."""
    if len(shape) == 2 and shape[1] == 1 and shape[0] != 1:
        return length, 1
    if len(shape) == 2 and (shape[0] <= 1 or 0 in shape):
        return 1, length
    raise MatlabError(
        f"Octave:index out of bound; value {length} out of bound {int(np.prod(shape))}: A(I) = X: "
        "X must have the same size as I; a matrix cannot grow by one subscript",
        "Octave:index-out-of-bounds",
    )


def _assign_subscripts(target: Array, source: Array, subscripts: tuple[Any, ...]) -> Array:
    """`target(i, j, ...) = source`: extents that the subscripts exceed grow; `:` in an empty array takes
    source's extent.
    """
    count = len(subscripts)
    extents = _folded(target.shape, count)
    if target.size == 0 and not any(target.shape):
        extents = _extents_from(source, subscripts)
    positions = [_unbounded(s, extent) for s, extent in zip(subscripts, extents, strict=True)]
    grown = tuple(max(e, int(p.max()) + 1 if p.size else 0) for e, p in zip(extents, positions, strict=True))
    shape = tuple(len(p) for p in positions)
    if source.size != 1:
        asked, given = ([n for n in s if n != 1] for s in (shape, source.shape))
        if asked != given:
            shown = "x".join(map(str, source.shape))
            raise MatlabError(
                f"=: nonconformant arguments (op1 is {'x'.join(map(str, shape))}, op2 is {shown})",
                "Octave:nonconformant-args",
            )
    if grown != _folded(target.shape, count):
        target = _resized(
            target, grown if len(target.shape) <= count else _unfolded(target.shape, grown), source
        )
    target = _writable(target)
    view = target.reshape(grown, order="F")
    view[np.ix_(*positions)] = _items(source, math.prod(shape)).reshape(shape, order="F")
    if view.size and not np.shares_memory(view, target):
        target = view.reshape(target.shape, order="F")
    return _squeezed_tail(target)


def _extents_from(source: Array, subscripts: tuple[Any, ...]) -> tuple[int, ...]:
    """The extents an empty array takes: `:` gets the source's next extent, numbers grow later."""
    fixed = [None if _is_colon(s) else grid(s).size for s in subscripts]
    free = [n for n in source.shape if n != 1] if None in fixed else []
    if fixed.count(None) >= source.ndim:
        free = list(source.shape)
    else:
        for size in fixed:
            if size is not None and size in free and size != 1:
                free.remove(size)
    return tuple((free.pop(0) if free else 1) if size is None else 0 for size in fixed)


def _unfolded(shape: tuple[int, ...], grown: tuple[int, ...]) -> tuple[int, ...]:
    """Folded dimensions cannot grow in their last one."""
    if grown[-1] > int(np.prod(shape[len(grown) - 1 :])):
        raise MatlabError(
            "A(I, J, ...) = X: dimensions mismatch: a folded dimension cannot grow",
            "Octave:index-out-of-bounds",
        )
    return (*grown[:-1], *shape[len(grown) - 1 :])


def _require_fit(given: int, asked: int, what: str) -> None:
    if given not in (1, asked):
        raise MatlabError(
            f"=: nonconformant arguments (op1 is 1x{asked}, op2 is 1x{given})", "Octave:nonconformant-args"
        )


def _resized(array: Array, shape: tuple[int, ...], model: Array) -> Array:
    """A larger array with `array` in its first corner, elsewhere zeros (in cells empty matrices, in structs
    empty fields).
    """
    padded = (*array.shape, *[1] * (len(shape) - array.ndim)) if array.size else (0,) * len(shape)
    larger = _blank(shape, array.ravel()[:1] if array.size else model.ravel()[:1])
    larger[tuple(slice(0, n) for n in padded)] = array.reshape(padded)
    return larger


def _blank(shape: tuple[int, ...], example: Array) -> Array:
    """An array that holds nothing yet, for elements like the one of `example`."""
    if example.dtype != object:
        return np.zeros(shape, dtype=example.dtype, order="F")
    count = math.prod(shape)
    if isstruct(example) and example.size:
        names = vars(example[0])
        return struct_array(
            [SimpleNamespace(**{f: np.zeros((0, 0)) for f in names}) for _ in range(count)], shape
        )
    return cell_array([np.zeros((0, 0)) for _ in range(count)], shape)


def _writable(array: Array) -> Array:
    return array if array.flags.writeable else array.copy(order="F")


def delete(x: Value, *subscripts: Any) -> Value:
    """`x(i) = []` or `x(i, :) = []`: the named elements, rows or columns are gone; a matrix without one element is
    a row, without several a column, as in Octave (MATLAB: a row).
    """
    array = grid(x)
    if any(not _is_colon(s) and _unbounded(s, 0).size == 0 for s in subscripts):
        return copied(x)
    if len(subscripts) == 1:
        if _is_colon(subscripts[0]):
            return same_kind(array.ravel()[:0].reshape(0, 0), x)
        kept = copied(np.delete(array.ravel(order="F"), _positions(subscripts[0], array.size)))
        shape = (1, -1) if _leaves_a_row(array, subscripts[0]) else (-1, 1)
        return same_kind(kept.reshape(shape), x)
    extents = _folded(array.shape, len(subscripts))
    positions = [
        _positions(s, extent, k) for k, (s, extent) in enumerate(zip(subscripts, extents, strict=True))
    ]
    partial = [k for k, p in enumerate(positions) if len(np.unique(p)) != extents[k]]
    if len(partial) > 1:
        raise MatlabError("a null assignment can only have one nonscalar index")
    axis = partial[0] if partial else next((k for k, s in enumerate(subscripts) if not _is_colon(s)), 0)
    return same_kind(copied(np.delete(array.reshape(extents, order="F"), positions[axis], axis=axis)), x)


def _leaves_a_row(array: Array, subscript: Any) -> bool:
    """Whether a row is left: of a row, and of a matrix without one element or without those that a mask starts with."""
    if array.ndim == 2 and 1 in array.shape:
        return bool(array.shape[0] == 1)
    chosen = grid(subscript).ravel(order="F")
    if chosen.dtype == bool:
        return not chosen[np.count_nonzero(chosen) :].any()
    return chosen.size == 1


def cell_get(cell: Value, *subscripts: Any) -> Value:
    """`c{i}` or `c{i, j}`: the one item itself."""
    if isinstance(cell, list) and len(subscripts) == 1 and not isinstance(subscripts[0], slice | str):
        place = _positions(subscripts[0], len(cell))
        return cell[place[0]]
    return cell_items(cell, *subscripts)[0]


def cell_items(cell: Value, *subscripts: Any) -> list[Value]:
    """`c{:}`, `c{2:3}`: the items as a list, column by column, to be unpacked with `*` in a call."""
    if not iscell(cell):
        raise MatlabError(
            "'{' undefined for arguments of type '" + class_(cell) + "'; matrix cannot be indexed with {"
        )
    return list(grid(index(cell, *subscripts)).ravel(order="F"))


def cell_set(cell: Value, value: Value, *subscripts: Any) -> Value:
    """`c{i} = value`: grows the cell with empty matrices and returns it; None or `[]` stands for an undefined
    one.
    """
    start = [] if cell is None or (not iscell(cell) and grid(cell).size == 0) else cell
    if isinstance(start, list) and len(subscripts) == 1 and grid(subscripts[0]).size == 1:
        place = int(_unbounded(subscripts[0], len(start))[0])
        start.extend(np.zeros((0, 0)) for _ in range(place + 1 - len(start)))
        start[place] = value
        return start
    return assign(start, cell_array([value], (1, 1)), *subscripts)


def struct_grow(structs: Value, *subscripts: Any) -> Value:
    """Makes room for `s(i)`: an array of structs that has the element, new ones with every field an empty
    matrix.
    """
    start = np.empty((0, 0), dtype=object) if structs is None or grid(structs).size == 0 else structs
    array = grid(start)
    extents = _folded(array.shape, len(subscripts))
    if all(_unbounded(s, n).max() < n for s, n in zip(subscripts, extents, strict=True)):
        return structs
    fields = vars(array.ravel()[0]) if array.size else {}
    empty = SimpleNamespace(**{name: np.zeros((0, 0)) for name in fields})
    return assign(start, struct_array([empty], (1, 1)), *subscripts)


def struct_set(structs: Value, name: str, value: Value, *subscripts: Any) -> Value:
    """`s(i).name = value`: grows the array of structs, gives every element the field, and returns it."""
    grown = struct_grow(structs, *subscripts)
    for element in grid(grown).ravel():
        if not hasattr(element, name):
            setattr(element, name, np.zeros((0, 0)))
    setattr(index(grown, *subscripts), name, value)
    return grown
