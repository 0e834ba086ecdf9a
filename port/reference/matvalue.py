"""What a MATLAB value is in Python: its class, its size, and how one is built within a memory budget.

| MATLAB | Python |
|---|---|
| double, single, int8 ... uint64, logical | array of 2 or more dimensions, column-major, of the same class |
| char row | `str`; other char arrays are arrays of single characters (`<U1`) |
| cell row or column | `list`; other cells are object arrays |
| struct | `dict`; a struct array is a structured array of object fields |
| sparse | `scipy.sparse.csc_array` |
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import prod
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from port.errors import CaseError

Array: TypeAlias = NDArray[Any]
Value: TypeAlias = Any

DTYPES: dict[str, np.dtype[Any]] = {
    "double": np.dtype("f8"),
    "single": np.dtype("f4"),
    **{
        f"{sign}int{bits}": np.dtype(f"{sign or 'i'}{bits // 8}")
        for sign in ("", "u")
        for bits in (8, 16, 32, 64)
    },
    "logical": np.dtype(bool),
}
COMPLEX: dict[np.dtype[Any], np.dtype[Any]] = {
    np.dtype("f8"): np.dtype("c16"),
    np.dtype("f4"): np.dtype("c8"),
}
CLASSES: dict[np.dtype[Any], str] = {dtype: name for name, dtype in DTYPES.items()} | {
    np.dtype("c16"): "double",
    np.dtype("c8"): "single",
}

MAX_DEPTH = 64
MAX_DIMENSIONS = 32
OBJECT_BYTES = 256


@dataclass
class Budget:
    """Bytes that may still be taken for the values of one file: what a small lying file cannot exceed."""

    left: int

    @classmethod
    def for_file(cls, size: int) -> "Budget":
        """256 MiB for any file and 32 times its size: 60,000 compressed digits fit, a zip bomb does not."""
        return cls((256 << 20) + 32 * size)

    def spend(self, bytes_: int) -> None:
        """Take `bytes_`; raises CaseError when the file asks for more than a file of its size may hold."""
        self.left -= bytes_
        if self.left < 0:
            raise CaseError(
                "it unpacks into more than a file of its size should hold; if it is whole, save it with -v6"
            )


def checked_size(dims: Sequence[int]) -> tuple[int, ...]:
    """The size of an array as a tuple, at least 2-D; raises CaseError where it cannot be one."""
    if not 2 <= len(dims) <= MAX_DIMENSIONS or any(dim < 0 for dim in dims):
        raise CaseError(f"it declares an array of impossible size {list(dims)[:MAX_DIMENSIONS]}")
    return tuple(int(dim) for dim in dims)


def numeric(parts: Sequence[Array], dtype: np.dtype[Any], size: tuple[int, ...], budget: Budget) -> Array:
    """Column-major array of class `dtype` from its real (and imaginary) part, stored in any type."""
    if any(part.size != prod(size) for part in parts):
        raise CaseError(f"an array of size {size} holds {parts[0].size} stored values")
    if dtype.kind in "iu" and any(part.dtype.kind == "f" for part in parts):
        raise CaseError(f"an array of class {CLASSES[dtype]} is stored as floating-point numbers")
    if len(parts) > 1:
        dtype = COMPLEX.get(dtype, COMPLEX[np.dtype("f8")])
    budget.spend(prod(size) * dtype.itemsize + OBJECT_BYTES)
    values = np.empty(prod(size), dtype)
    if len(parts) == 1:
        np.copyto(values, parts[0], casting="unsafe")
    else:
        values.real, values.imag = parts
    return values.reshape(size, order="F")


def characters(text: str, size: tuple[int, ...], budget: Budget) -> Value:
    """A char row as `str`, any other char array as single characters of its size."""
    budget.spend(4 * len(text) + OBJECT_BYTES)
    if prod(size) == 0 or (len(size) == 2 and size[0] == 1):
        return text
    if len(text) != prod(size):
        raise CaseError(f"a char array of size {size} holds {len(text)} characters")
    return np.array(list(text), "<U1").reshape(size, order="F")


def cell(values: list[Value], size: tuple[int, ...]) -> list[Value] | Array:
    """A cell from its elements in column-major order: a list where it is a row or a column."""
    if len(size) == 2 and (1 in size or size == (0, 0)):
        return values
    return object_array(values, size)


def structure(rows: list[dict[str, Value]], fields: Sequence[str], size: tuple[int, ...]) -> Value:
    """A struct from its elements in column-major order: a dict where it is 1 x 1."""
    if prod(size) == 1:
        return rows[0]
    array = np.empty(prod(size), [(field, object) for field in fields])
    for index, row in enumerate(rows):
        for field in fields:
            array[field][index] = row[field]
    return array.reshape(size, order="F")


def sparse(
    data: Array,
    rows: Array,
    column_starts: Array,
    size: tuple[int, ...],
    dtype: np.dtype[Any],
    budget: Budget,
) -> Value:
    """`scipy.sparse.csc_array` from MATLAB's three vectors (0-based); CaseError where they disagree."""
    from scipy.sparse import csc_array

    count = int(column_starts[-1]) if column_starts.size else -1
    fits = column_starts.size == size[1] + 1 and column_starts[0] == 0 and (np.diff(column_starts) >= 0).all()
    if len(size) != 2 or not fits or min(data.size, rows.size) < count:
        raise CaseError(f"a sparse array of size {size} has index vectors that do not belong together")
    rows = rows[:count]
    if rows.size and not (0 <= rows.min() and rows.max() < size[0]):
        raise CaseError(f"a sparse array of size {size} has a row index outside it")
    budget.spend(count * 24 + column_starts.size * 8 + OBJECT_BYTES)
    values = data[:count].astype(dtype)
    return csc_array((values, rows.astype(np.int64), column_starts.astype(np.int64)), shape=size)


def object_array(values: Sequence[Value], size: tuple[int, ...]) -> Array:
    """Object array of `size` holding `values`, given in column-major order."""
    array = np.empty(len(values), object)
    for index, value in enumerate(values):
        array[index] = value
    return array.reshape(size, order="F")


def is_sparse(value: Value) -> bool:
    """Whether `value` is a scipy.sparse array; asks the type, so that scipy is not imported for it."""
    return type(value).__module__.startswith("scipy.sparse")


def class_and_size(value: Value) -> tuple[str, tuple[int, ...]]:
    """MATLAB's class and size of a value; raises CaseError for what MATLAB cannot hold.

    Python's own int and float are double, as MATLAB's literals are; scalars are 1 x 1; arrays of one
    dimension are refused, for MATLAB has rows and columns only.
    """
    if isinstance(value, str):
        return "char", (1 if value else 0, len(value))
    if isinstance(value, Mapping):
        return "struct", (1, 1)
    if isinstance(value, int | float) and not isinstance(value, bool):
        return "double", (1, 1)
    if isinstance(value, list | tuple):
        return "cell", (1 if value else 0, len(value))
    if is_sparse(value):
        return CLASSES[value.dtype], value.shape
    array = np.asarray(value)
    if array.ndim == 1:
        n = array.size
        raise CaseError(
            f"an array of shape ({n},) is neither a row nor a column: "
            f"give a[None, :] (1 x {n}) or a[:, None] ({n} x 1)"
        )
    return _array_class(array), array.shape if array.ndim else (1, 1)


def _array_class(array: Array) -> str:
    if array.dtype.names is not None:
        return "struct"
    if array.dtype.kind == "O" and array.ndim:
        return "cell"
    if array.dtype == "<U1":
        return "char"
    name = CLASSES.get(array.dtype.newbyteorder("="))
    if name is None:
        raise CaseError(f"MATLAB has no class for a Python value of type {array.dtype}")
    return name
