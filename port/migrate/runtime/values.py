"""What a MATLAB variable holds in Python, and the conversions every other module stands on."""

from collections.abc import Iterable, Sequence
from types import SimpleNamespace
from typing import Any

import numpy as np
from numpy.typing import NDArray

Value = Any
Array = NDArray[Any]

COLON = slice(None)
EMPTY: Array = np.zeros((0, 0))
EMPTY.flags.writeable = False

CELL = np.dtype(object, metadata={"matlab": "cell"})
STRUCTS = np.dtype(object)
INTEGER_CLASSES = ("int8", "int16", "int32", "uint8", "uint16", "uint32", "uint64")


class MatlabError(Exception):
    """What `error` raises: `.message`, `.identifier` and a `.stack`, the fields of MATLAB's MException."""

    def __init__(self, message: str, identifier: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.identifier = identifier
        self.stack = SimpleNamespace(file="", name="", line=0.0, column=0.0)


def grid(x: Value) -> Array:
    """Any value as an array of two or more dimensions that keeps its elements.

    A str becomes a row of characters, a list a row of objects, a struct a 1x1 array of objects, one dimension
    a row.
    """
    if isinstance(x, np.ndarray) and x.ndim >= 2:
        return x
    if isinstance(x, str):
        return np.array([list(x)]) if x else np.zeros((0, 0), dtype="<U1")
    if isinstance(x, list):
        return cell_array(x, (1, len(x)) if x else (0, 0))
    if isinstance(x, np.ndarray | bool | int | float | complex | np.generic):
        array = np.asarray(x)
        return array.reshape(1, -1) if array.ndim < 2 else array
    return struct_array([x], (1, 1))


def matrix(x: Value) -> Array:
    """Any numeric, logical or char value as a numeric array of two or more dimensions; NumPy's int64 counts
    as double.
    """
    array = grid(x)
    if array.dtype.kind == "U":
        return codes(array)
    if array.dtype == np.int64:
        return array.astype(float)
    if array.dtype == object:
        raise MatlabError(f"wrong type argument '{class_(x)}'")
    return array


def number(x: Value) -> float:
    """The first element of an argument as a float."""
    return float(matrix(x).flat[0].real)


def whole(x: Value) -> int:
    """The first element of an argument as an int."""
    return int(number(x))


def extent(x: Value) -> int:
    """The extent that `zeros(n)` asks for and `1:n` counts to: the first element; `[]` and negative are 0."""
    array = matrix(x)
    return max(int(array.flat[0].real), 0) if array.size else 0


def given(x: Value) -> bool:
    """Whether an optional argument was passed: neither None nor `[]`."""
    return x is not None and not isempty(x)


def codes(characters: Array) -> Array:
    """The character codes of an array of single characters, as doubles."""
    flat = [float(ord(c)) if c else 0.0 for c in characters.ravel()]
    return np.array(flat).reshape(characters.shape)


def characters(numbers: Array) -> Array:
    """The array of single characters with the given codes."""
    flat = np.empty(numbers.size, dtype="<U1")
    for i, code in enumerate(numbers.ravel()):
        number = int(code.real)
        flat[i] = chr(number if 0 <= number < 0x110000 else number & 0xFF)
    return flat.reshape(numbers.shape)


def cell_array(items: Iterable[Value], shape: Sequence[int]) -> Array:
    """A cell of any size, filled column by column: a 2-D array of objects, its dtype marked as MATLAB's cell.

    The mark tells a cell whose items are all structs from an array of structs.
    """
    return _objects(items, shape, CELL)


def struct_array(items: Iterable[Value], shape: Sequence[int]) -> Array:
    """An array of structs of any size, filled column by column: a 2-D array of `SimpleNamespace`."""
    return _objects(items, shape, STRUCTS)


def _objects(items: Iterable[Value], shape: Sequence[int], dtype: Any) -> Array:
    """An array of objects; NumPy itself would try to merge items that are arrays."""
    listed = list(items)
    flat = np.empty(len(listed), dtype=dtype)
    for i, item in enumerate(listed):
        flat[i] = item
    return flat.reshape(tuple(shape), order="F")


def unbox(x: Array) -> Value:
    """An array as the data model keeps it: 1x1 as a scalar, a row of characters as a str, other arrays
    unchanged.
    """
    if x.dtype.kind == "U":
        return text_of(x) if x.ndim == 2 and (x.shape[0] == 1 or x.shape == (0, 0)) else x
    if x.size == 1 and x.dtype != object:
        return x.reshape(-1)[0]
    return x


def text_of(characters: Array) -> str:
    """All characters of an array as one str, column by column."""
    return "".join(c or "\0" for c in characters.ravel(order="F"))


def as_text(x: Value) -> str:
    """A value as one text, as functions of texts take it: numbers are characters, of several rows the first counts."""
    if isinstance(x, str):
        return x
    array = grid(x)[:1]
    return text_of(array if array.dtype.kind == "U" else characters(matrix(array)))


def as_cell(x: Array) -> Value:
    """An array of objects as a cell of the data model: a list where it is a row or 0x0."""
    if x.shape == (0, 0) or (x.ndim == 2 and x.shape[0] == 1):
        return list(x.ravel())
    return x.view(CELL)


def same_kind(x: Array, model: Value) -> Value:
    """`x`, taken from `model` or made like it, as the data model keeps that kind: cell, struct or array."""
    if x.dtype != object:
        return unbox(x)
    if iscell(model):
        return as_cell(x)
    return x.reshape(-1)[0] if x.size == 1 else x


def narrow(x: Array) -> Array:
    """A complex array whose imaginary parts are all zero becomes real, as MATLAB's operators do."""
    return x.real if x.dtype.kind == "c" and not np.any(x.imag) else x


def saturated(x: Array, name: str) -> Array:
    """Numbers as an integer class: rounded half away from zero, clipped at the bounds, NaN as 0.

    NumPy's `astype` truncates and wraps around.
    """
    if x.dtype.name == name:
        return x
    info = np.iinfo(name)
    if x.dtype.kind in "iub":
        return np.clip(x, info.min, info.max).astype(name)
    real = x.real
    rounded = np.trunc(real + np.copysign(0.5, real))
    rounded = np.where(np.abs(real) < 2.0**52, rounded, real)
    inside = np.nan_to_num(np.clip(rounded, float(info.min), float(info.max)), nan=0.0)
    result = np.where(inside >= float(info.max), 0.0, inside).astype(name)
    return np.where(inside >= float(info.max), np.array(info.max, dtype=name), result)


def common_class(a: Array, b: Array) -> str:
    """The class of an operation's result: an integer class wins, then single, else double."""
    names = (_array_class(a), _array_class(b))
    integers = [name for name in names if name in INTEGER_CLASSES]
    if len(set(integers)) > 1:
        raise MatlabError(
            f"binary operator not implemented for '{names[0]} matrix' by '{names[1]} matrix' operations"
        )
    return integers[0] if integers else "single" if "single" in names else "double"


def as_class(x: Array, name: str) -> Array:
    """Numbers as `double`, `single`, `logical` or an integer class, as MATLAB converts; `x` itself where it is that."""
    if name in INTEGER_CLASSES or name == "int64":
        return saturated(x, name)
    if name == "logical":
        return x.astype(bool, copy=False)
    if x.dtype.kind == "c":
        return x.astype(np.complex64 if name == "single" else np.complex128, copy=False)
    return x.astype(np.float32 if name == "single" else np.float64, copy=False)


def copied(x: Value) -> Value:
    """A copy that shares nothing: MATLAB's assignment copies, Python's does not."""
    if isinstance(x, np.ndarray):
        return x.copy() if x.dtype != object else _objects(map(copied, x.ravel(order="F")), x.shape, x.dtype)
    if isinstance(x, list):
        return [copied(v) for v in x]
    if isinstance(x, SimpleNamespace):
        return SimpleNamespace(**{name: copied(v) for name, v in vars(x).items()})
    return x


def istrue(x: Value) -> bool:
    """What `if` and `while` ask: not empty and no element zero; NumPy refuses arrays of several elements."""
    array = matrix(x)
    return array.size > 0 and bool(np.all(array))


def class_(x: Value) -> str:
    """MATLAB's `class`: Python's int and NumPy's int64 count as double, bool as logical, str as char."""
    if isinstance(x, np.ndarray | np.generic):
        return _array_class(np.asarray(x))
    if isinstance(x, bool):
        return "logical"
    if isinstance(x, str):
        return "char"
    if isinstance(x, list):
        return "cell"
    if isinstance(x, SimpleNamespace):
        return "struct"
    if isinstance(x, MatlabError):
        return "MException"
    if isinstance(x, int | float | complex):
        return "double"
    return getattr(x, "matlab_class", "function_handle" if callable(x) else type(x).__name__)


def _array_class(x: Array) -> str:
    """The class of an array, read off its dtype; objects without a mark are structs if all look so, else a cell."""
    if x.dtype == object:
        marked = x.dtype.metadata is not None
        return "cell" if marked or not all(isinstance(v, SimpleNamespace) for v in x.ravel()) else "struct"
    names = {"b": "logical", "U": "char"}
    if x.dtype in (np.float32, np.complex64):
        return "single"
    if x.dtype.name in INTEGER_CLASSES:
        return x.dtype.name
    return names.get(x.dtype.kind, "double")


def iscell(x: Value) -> bool:
    """Whether `x` is a cell: a list, or a 2-D array of objects, marked as a cell or not all of them structs."""
    return class_(x) == "cell"


def isstruct(x: Value) -> bool:
    """Whether `x` is a struct or a struct array."""
    return class_(x) == "struct"


def ischar(x: Value) -> bool:
    """Whether `x` is text: a str, or a 2-D array of single characters."""
    return class_(x) == "char"


def isnumeric(x: Value) -> bool:
    """Whether `x` holds numbers; logical and char values do not count."""
    return class_(x) in ("double", "single", "int64", *INTEGER_CLASSES)


def isreal(x: Value) -> bool:
    """Whether `x` is numeric, logical or char and has no imaginary part but 0: MATLAB's operators drop these."""
    return class_(x) in ("logical", "char") or (isnumeric(x) and not np.any(np.imag(x)))


def iscomplex(x: Value) -> bool:
    """Whether `x` is numeric and has an imaginary part that is not 0."""
    return isnumeric(x) and bool(np.any(np.imag(x)))


def isobject(x: Value) -> bool:
    """Whether `x` is an object of a class written in MATLAB: no value of a translation is."""
    return False


def islogical(x: Value) -> bool:
    """Whether `x` is of class logical (Python's or NumPy's bool)."""
    return class_(x) == "logical"


def isfloat(x: Value) -> bool:
    """Whether `x` is of class double or single."""
    return class_(x) in ("double", "single")


def isinteger(x: Value) -> bool:
    """Whether `x` is of an integer class; 3 is a double and is not."""
    return class_(x) in INTEGER_CLASSES


def is_function_handle(x: Value) -> bool:
    """Whether `x` is a function handle (any callable)."""
    return class_(x) == "function_handle"


def isa(x: Value, name: str) -> bool:
    """Whether `x` is of the class, or of the group `numeric`, `float` or `integer`."""
    groups = {"numeric": isnumeric, "float": isfloat, "integer": isinteger}
    return groups[name](x) if name in groups else class_(x) == name


def isscalar(x: Value) -> bool:
    """Whether `x` is 1x1."""
    return grid(x).size == 1


def isvector(x: Value) -> bool:
    """Whether `x` is 1xn or nx1 with n >= 1 (Octave 7 and MATLAB: a scalar is a vector)."""
    shape = grid(x).shape
    return len(shape) == 2 and 1 in shape and min(shape) >= 1


def isrow(x: Value) -> bool:
    """Whether `x` is 1xn; n may be 0."""
    shape = grid(x).shape
    return len(shape) == 2 and shape[0] == 1


def iscolumn(x: Value) -> bool:
    """Whether `x` is nx1; n may be 0."""
    shape = grid(x).shape
    return len(shape) == 2 and shape[1] == 1


def ismatrix(x: Value) -> bool:
    """Whether `x` has two dimensions (MATLAB's rule; a scalar has)."""
    return grid(x).ndim == 2


def issquare(x: Value) -> bool:
    """Whether `x` is nxn."""
    shape = grid(x).shape
    return len(shape) == 2 and shape[0] == shape[1]


def isempty(x: Value) -> bool:
    """Whether a dimension of `x` is 0; an argument that was not passed (None) counts as empty."""
    if x is None:
        return True
    return bool(x.Count == 0) if class_(x) == "containers.Map" else grid(x).size == 0
