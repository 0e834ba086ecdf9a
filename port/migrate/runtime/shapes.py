"""Sizes, and functions that make, join or rearrange arrays."""

from typing import Any

import numpy as np

from port.migrate.runtime.values import (
    Array,
    MatlabError,
    Value,
    as_class,
    cell_array,
    characters,
    class_,
    copied,
    given,
    grid,
    iscell,
    isempty,
    isstruct,
    matrix,
    narrow,
    same_kind,
    unbox,
    whole,
)


def size(x: Value, *dims: Any, nargout: int = 1) -> Value:
    """The extents as a row of doubles, or of the dimensions asked for; `nargout=n` gives n numbers, the last
    of all left.

    Text, scalars, cells and structs have a size too.
    """
    shape = shape_of(x)
    if dims:
        asked = [int(d) for v in dims for d in matrix(v).ravel()]
        extents = [float(shape[d - 1]) if d <= len(shape) else 1.0 for d in asked]
        return tuple(extents) if nargout > 1 else unbox(np.array([extents]))
    if nargout > 1:
        padded = [*shape, *[1] * (nargout - len(shape))]
        return (*map(float, padded[: nargout - 1]), float(np.prod(padded[nargout - 1 :])))
    return np.array([shape], dtype=float)


def shape_of(x: Value) -> tuple[int, ...]:
    """The extents of any value as a tuple of ints."""
    return (x.Count, 1) if class_(x) == "containers.Map" else grid(x).shape


def numel(x: Value) -> int:
    """The number of elements of any value; a str has its characters, a scalar one."""
    return int(np.prod(shape_of(x)))


def length(x: Value) -> int:
    """The largest extent, or 0 where one is 0; Python's `len` counts rows."""
    shape = shape_of(x)
    return 0 if 0 in shape else int(max(shape))


def ndims(x: Value) -> int:
    """The number of dimensions, at least 2."""
    return len(shape_of(x))


def rows(x: Value) -> int:
    """Octave's `rows`."""
    return shape_of(x)[0]


def columns_of(x: Value) -> int:
    """Octave's `columns`."""
    return shape_of(x)[1]


def size_equal(*values: Value) -> bool:
    """Whether all arguments have one size."""
    return len({shape_of(v) for v in values}) <= 1


def extents(*dims: Any) -> tuple[int, ...]:
    """The shape that `zeros(n)`, `zeros(m, n)` or `zeros([m n])` asks for: one number makes a square,
    negative counts as 0; of several arguments, the first element of each counts, and `[]` as 0.
    """
    arrays = [matrix(v).real for v in dims]
    flat = arrays[0].ravel(order="F") if len(arrays) == 1 else [a.flat[0] if a.size else 0 for a in arrays]
    shape = [max(int(n), 0) for n in flat]
    if not shape:
        return (0, 0) if dims else (1, 1)
    shape = shape * 2 if len(shape) == 1 else shape
    while len(shape) > 2 and shape[-1] == 1:
        shape.pop()
    return tuple(shape)


def filled(value: Any, dims: tuple[Any, ...]) -> Value:
    """An array of one value; arguments as of `zeros`, with a class name or `"like", x` at the end."""
    name = "double"
    if len(dims) > 1 and isinstance(dims[-2], str) and dims[-2] == "like":
        dims, name = dims[:-2], class_(dims[-1])
    elif dims and isinstance(dims[-1], str):
        dims, name = dims[:-1], dims[-1]
    return unbox(as_class(np.full(extents(*dims), value), name))


def zeros(*dims: Any) -> Value:
    """`zeros(n)`, `zeros(m, n)`, `zeros(size(x))`, `zeros(..., class)`: NumPy takes a tuple, and one number
    as 1-D.
    """
    return filled(0.0, dims)


def ones(*dims: Any) -> Value:
    """As `zeros`, with ones."""
    return filled(1.0, dims)


def nan(*dims: Any) -> Value:
    """As `zeros`, with NaN."""
    return filled(np.nan, dims)


def inf(*dims: Any) -> Value:
    """As `zeros`, with Inf."""
    return filled(np.inf, dims)


def true(*dims: Any) -> Value:
    """As `zeros`, logical ones."""
    return unbox(np.full(extents(*dims), True))


def false(*dims: Any) -> Value:
    """As `zeros`, logical zeros."""
    return unbox(np.full(extents(*dims), False))


def eye(*dims: Any) -> Value:
    """The identity of a size given as for `zeros`; not square is allowed."""
    shape = extents(*(d for d in dims if not isinstance(d, str)))
    return unbox(np.eye(shape[0], shape[1]))


def cell(*dims: Any) -> Value:
    """A cell of empty matrices: a list where it is a row, else a 2-D array of objects."""
    shape = extents(*dims) if dims else (0, 0)
    return same_kind(cell_array([np.zeros((0, 0)) for _ in range(int(np.prod(shape)))], shape), [])


def reshape(x: Value, *dims: Any) -> Value:
    """Column-major `reshape(x, m, n)`, `reshape(x, [m n])`, or `reshape(x, m, None)` where the rest follows; NumPy
    goes by rows.
    """
    array = grid(x)
    if len(dims) == 1:
        shape = [int(d) for d in matrix(dims[0]).ravel()]
    else:
        known = int(np.prod([int(matrix(d).flat[0]) for d in dims if not isempty(d)]))
        shape = [
            (array.size // known if known else 0) if isempty(d) else int(matrix(d).flat[0]) for d in dims
        ]
    while len(shape) > 2 and shape[-1] == 1:
        shape.pop()
    if int(np.prod(shape)) != array.size:
        have, want = ("x".join(map(str, s)) for s in (array.shape, shape))
        raise MatlabError(f"reshape: can't reshape {have} array to {want} array")
    return same_kind(copied(array.reshape(shape, order="F")), x)


def vec(x: Value) -> Value:
    """`x(:)`: all elements as one column, column by column."""
    return same_kind(copied(grid(x).reshape(-1, 1, order="F")), x)


def repmat(x: Value, *counts: Any) -> Value:
    """`repmat(x, m, n)`, `repmat(x, [m n])`; one count alone repeats both ways (`np.tile` does it along
    columns only).
    """
    array, times = grid(x), extents(np.hstack([matrix(c).ravel() for c in counts]))
    padded = array.reshape(array.shape + (1,) * (len(times) - array.ndim))
    return same_kind(copied(np.tile(padded, [*times, *[1] * (array.ndim - len(times))])), x)


def repelem(x: Value, *counts: Any) -> Value:
    """Each element as often as a count says, or a vector of counts, one for each: along a vector, else one argument
    for each dimension.
    """
    array = grid(x)
    if len(counts) == 1:
        axes = [1 if array.shape[0] == 1 else 0]
        if 1 not in array.shape:
            raise MatlabError("repelem: a matrix needs a count for each dimension")
    else:
        axes = list(range(len(counts)))
    for axis, count in zip(axes, counts, strict=True):
        times = matrix(count).real.ravel().astype(int)
        array = np.repeat(array, times if times.size > 1 else int(times[0]), axis=axis)
    return same_kind(copied(array), x)


def squeeze(x: Value) -> Value:
    """Drops dimensions of extent 1 where there are more than two; the result keeps two, and a matrix its
    shape.
    """
    array = grid(x)
    if array.ndim == 2:
        return copied(x)
    kept = [n for n in array.shape if n != 1]
    shape = [*kept, *[1] * (2 - len(kept))] if len(kept) != 1 else [kept[0], 1]
    return same_kind(copied(array.reshape(shape, order="F")), x)


def permute(x: Value, order: Value) -> Value:
    """Dimensions in the (1-based) order given; extents of 1 at the end are dropped as MATLAB does."""
    array, axes = grid(x), [int(d) - 1 for d in matrix(order).ravel()]
    padded = array.reshape(array.shape + (1,) * (len(axes) - array.ndim))
    return same_kind(copied(trimmed(padded.transpose(axes))), x)


def ipermute(x: Value, order: Value) -> Value:
    """The inverse of `permute`."""
    return permute(x, np.argsort(matrix(order).ravel()).reshape(1, -1) + 1.0)


def trimmed(array: Array) -> Array:
    """Without dimensions of extent 1 after the second."""
    while array.ndim > 2 and array.shape[-1] == 1:
        array = array[..., 0]
    return array


def horzcat(*values: Value) -> Value:
    """`[a, b]`: parts are scalars, text, arrays, cells or structs; `[]` is left out, text makes the whole
    text.
    """
    return cat(2, *values)


def vertcat(*values: Value) -> Value:
    """`[a; b]`: as `horzcat`, below each other."""
    return cat(1, *values)


def cat(dim: Value, *values: Value) -> Value:
    """Joins along a (1-based) dimension, with MATLAB's class of the result: cell, struct, char, integer,
    single, double, logical.
    """
    axis = whole(dim) - 1
    if any(iscell(v) for v in values):
        return same_kind(copied(_joined([_cell_part(v) for v in values if not _nothing(v)], axis)), [])
    if any(isstruct(v) for v in values):
        parts = [grid(v) for v in values if not isempty(v)]
        return same_kind(copied(_joined(parts, axis)), np.empty((0, 0), dtype=object))
    if any(class_(v) == "char" for v in values):
        return unbox(_joined(_padded_rows([_char_part(v) for v in values], axis), axis))
    parts = [matrix(v) for v in values]
    name = _joined_class(parts)
    return unbox(narrow(_joined([as_class(p, name) for p in parts], axis)))


def _nothing(x: Value) -> bool:
    return isempty(x) and shape_of(x) == (0, 0)


def _cell_part(x: Value) -> Array:
    return grid(x) if iscell(x) else cell_array([x], (1, 1))


def _char_part(x: Value) -> Array:
    array = grid(x)
    return array if array.dtype.kind == "U" else characters(matrix(x))


def _padded_rows(parts: list[Array], axis: int) -> list[Array]:
    """Rows of text of one width, as Octave fills them up with blanks (MATLAB raises)."""
    width = max(part.shape[1] for part in parts)
    if axis == 1:
        return parts
    return [np.pad(p, [(0, 0), (0, width - p.shape[1])], constant_values=" ") if p.size else p for p in parts]


def _joined_class(parts: list[Array]) -> str:
    """The class of `[a, b]`; the first integer class wins where there are several."""
    names = [class_(p) for p in parts]
    integers = [n for n in names if n.startswith(("int", "uint"))]
    if integers:
        return integers[0]
    if names and all(n == "logical" for n in names):
        return "logical"
    return "single" if "single" in names else "double"


def _joined(parts: list[Array], axis: int) -> Array:
    """Concatenate; 0x0 parts do not count, others must agree in every other extent."""
    counted = [p for p in parts if p.shape != (0, 0)]
    if not counted:
        return parts[0] if parts else np.zeros((0, 0))
    dims = max(axis + 1, *(p.ndim for p in counted))
    padded = [p.reshape(p.shape + (1,) * (dims - p.ndim)) for p in counted]
    try:
        return trimmed(np.concatenate(padded, axis=axis))
    except ValueError:
        return _joined_without_empties(padded, axis)


def _joined_without_empties(parts: list[Array], axis: int) -> Array:
    """Octave also passes over 1x0 and 0x1 parts that do not fit; other misfits are an error."""
    counted = [p for p in parts if p.shape not in ((1, 0), (0, 1))]
    shapes = {p.shape[:axis] + p.shape[axis + 1 :] for p in counted}
    if len(shapes) <= 1 and len(counted) < len(parts):
        return trimmed(np.concatenate(counted, axis=axis)) if counted else np.zeros((0, 0))
    name = ("vertical", "horizontal")[axis] if axis < 2 else "concatenation operator"
    sizes = " vs ".join("x".join(map(str, p.shape)) for p in parts[:2])
    raise MatlabError(f"{name} dimensions mismatch ({sizes})")


def kron(*factors: Value) -> Value:
    """The Kronecker product of two or more matrices; `np.kron` takes two and mixes up 0-d operands."""
    result = matrix(factors[0])
    for factor in factors[1:]:
        result = np.kron(result, matrix(factor))
    return unbox(result)


def diag(x: Value, k: Value = 0) -> Value:
    """A vector (1xn or nx1) on the k-th diagonal of a matrix, or a matrix's k-th diagonal as a column."""
    array, offset = grid(x), whole(k)
    if 1 in array.shape:
        return unbox(np.diag(array.ravel(), offset))
    return unbox(np.diag(array, offset).reshape(-1, 1).copy())


def blkdiag(*blocks: Value) -> Value:
    """Matrices along the diagonal of one that is 0 elsewhere."""
    arrays = [matrix(block) for block in blocks]
    result = np.zeros((sum(a.shape[0] for a in arrays), sum(a.shape[1] for a in arrays)))
    row = column = 0
    for a in arrays:
        result[row : row + a.shape[0], column : column + a.shape[1]] = a
        row, column = row + a.shape[0], column + a.shape[1]
    return unbox(result)


def full(x: Value) -> Value:
    """A sparse matrix as a full one; here all are full."""
    return copied(x)


def spones(x: Value) -> Value:
    """1 in every place that is not zero."""
    return unbox((matrix(x) != 0).astype(float))


def issparse(x: Value) -> bool:
    """Whether a matrix is kept sparse; here none is."""
    return False


def sparse(*arguments: Value) -> Value:
    """`sparse(i, j, values, m, n)` as a full matrix; values at one place add up; `sparse(m, n)` is all zeros."""
    if len(arguments) < 3:
        return copied(arguments[0]) if len(arguments) == 1 else zeros(*arguments)
    i, j, values = (matrix(a).ravel(order="F") for a in arguments[:3])
    rows, cols = i.astype(int) - 1, j.astype(int) - 1
    shape = tuple(whole(a) for a in arguments[3:5]) or (rows.max(initial=-1) + 1, cols.max(initial=-1) + 1)
    result = np.zeros(shape, dtype=np.result_type(values, float))
    np.add.at(result, (rows, cols), values)
    return unbox(result)


def spdiags(columns: Value, places: Value, m: Value, n: Value) -> Value:
    """The columns as diagonals of an m x n matrix: an element keeps its column where m >= n, else its row; what lies
    outside is left out.
    """
    rows, cols = whole(m), whole(n)
    result = np.zeros((rows, cols))
    for k, column in zip(matrix(places).ravel().astype(int), matrix(columns).T, strict=True):
        shift = k if rows < cols else max(min(k, cols - rows), 0)
        for j, value in enumerate(column, shift):
            if 0 <= j - k < rows and 0 <= j < cols:
                result[j - k, j] = value
    return result


def circshift(x: Value, shift: Value, dim: Value = None) -> Value:
    """Rolls along `dim`, by default the first that is not 1 (`np.roll` rolls the flattened array); a vector
    shifts each.
    """
    array = grid(x)
    shifts = [int(n) for n in matrix(shift).ravel()]
    first = whole(dim) - 1 if given(dim) else (0 if len(shifts) > 1 else first_dim(array))
    return same_kind(np.roll(copied(array), shifts, axis=tuple(range(first, first + len(shifts)))), x)


def first_dim(array: Array) -> int:
    """The axis MATLAB's functions work along when told none: the first whose extent is not 1."""
    return next((axis for axis, n in enumerate(array.shape) if n != 1), 0)


def flip(x: Value, dim: Value = None) -> Value:
    """Reversed along `dim`, by default the first that is not 1 (`np.flip` reverses all)."""
    array = grid(x)
    return same_kind(copied(np.flip(array, whole(dim) - 1 if given(dim) else first_dim(array))), x)


def flipdim(x: Value, dim: Value = None) -> Value:
    """The old name of `flip`."""
    return flip(x, dim)


def fliplr(x: Value) -> Value:
    """Columns in reverse order; of a scalar, text or a cell too."""
    return same_kind(copied(np.flip(grid(x), 1)), x)


def flipud(x: Value) -> Value:
    """Rows in reverse order; of a scalar, text or a cell too."""
    return same_kind(copied(np.flip(grid(x), 0)), x)


def rot90(x: Value, k: Value = 1) -> Value:
    """Turned left k times; of a scalar or text too."""
    return same_kind(copied(np.rot90(grid(x), whole(k))), x)


def linspace(start: Value, stop: Value, count: Value = 100) -> Value:
    """A row (`np.linspace`: 1-D, 50 by default); fewer than one point means the end alone."""
    first, last = matrix(start), matrix(stop)
    points = np.linspace(first.reshape(-1), last.reshape(-1), max(whole(count), 0), axis=1)
    points[:, -1:] = last.reshape(-1, 1)
    return unbox(points)


def logspace(start: Value, stop: Value, count: Value = 50) -> Value:
    """A row of powers of ten."""
    return unbox(10.0 ** matrix(linspace(start, stop, count)))


def meshgrid(x: Value, y: Value = None, z: Value = None, *, nargout: int = 1) -> Value:
    """The grids of columns and rows, as `np.meshgrid` of flattened vectors; one vector serves both."""
    axes = [x, x if y is None else y] + ([] if z is None else [z])
    grids = np.meshgrid(*(matrix(v).ravel(order="F") for v in axes))
    return tuple(grids[:nargout]) if nargout > 1 else grids[0]


def ndgrid(*axes: Value, nargout: int = 1) -> Value:
    """Grids whose first dimension follows the first vector; one vector serves all outputs."""
    used = axes * max(nargout, 2) if len(axes) == 1 else axes
    grids = np.meshgrid(
        *(matrix(v).ravel(order="F") for v in used[: max(nargout, len(axes), 2)]), indexing="ij"
    )
    return tuple(grids[:nargout]) if nargout > 1 else grids[0]


def triu(x: Value, k: Value = 0) -> Value:
    """The upper triangle; of a scalar too."""
    return unbox(np.triu(grid(x), whole(k)))


def tril(x: Value, k: Value = 0) -> Value:
    """The lower triangle; of a scalar too."""
    return unbox(np.tril(grid(x), whole(k)))


def sub2ind(dims: Value, *subscripts: Value) -> Value:
    """1-based linear (column-major) indices of 1-based subscripts."""
    shape = [int(n) for n in matrix(dims).ravel()]
    parts = [matrix(s) for s in subscripts]
    strides = np.cumprod([1, *shape[:-1]])
    if any(p.size and (p.min() < 1 or p.max() > n) for p, n in zip(parts, shape, strict=False)):
        raise MatlabError("sub2ind: index out of range")
    return unbox(1.0 + sum((p - 1) * s for p, s in zip(parts, strides, strict=False)))


def ind2sub(dims: Value, indices: Value, *, nargout: int = 1) -> Value:
    """1-based subscripts of 1-based linear indices, as many as outputs are asked for; the last takes what is
    left.
    """
    shape = [int(n) for n in matrix(dims).ravel()]
    if nargout == 1:
        return copied(indices)
    folded = [*shape[: nargout - 1], int(np.prod(shape[nargout - 1 :]))]
    places = np.unravel_index(matrix(indices).astype(int) - 1, folded, order="F")
    return tuple(unbox(p + 1.0) for p in places)
