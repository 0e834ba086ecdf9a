"""Arrays as this room wants them: 2-D, features x samples, float64 unless they come as another float."""

from collections.abc import Callable
from numbers import Real
from typing import ParamSpec, TypeAlias, TypeVar

import numpy as np
from numpy.typing import ArrayLike, NDArray

from port.errors import ArgumentError, ShapeError

Array: TypeAlias = NDArray[np.float64]
Parameters = ParamSpec("Parameters")
Result = TypeVar("Result")


def ieee(function: Callable[Parameters, Result]) -> Callable[Parameters, Result]:
    """Let Inf and NaN arise silently inside `function`, as MATLAB does; the result shows them."""
    return np.errstate(all="ignore")(function)


def size(shape: tuple[int, ...]) -> str:
    """A shape as MATLAB prints it: (3, 5) is '3 x 5'."""
    return " x ".join(map(str, shape)) if shape else "a scalar"


def as_numbers(value: ArrayLike, name: str) -> Array:
    """`value` as an array of floats (or complex numbers); integers and logicals become float64.

    Raises ShapeError for rows of different lengths, ArgumentError unless it holds numbers.
    """
    try:
        array = np.asarray(value)
    except ValueError as error:
        raise ShapeError(f"{name} is no array: its rows differ in length") from error
    if array.dtype.kind in "biu":
        array = array.astype(np.float64)
    if array.dtype.kind not in "fc":
        raise ArgumentError(f"{name} holds {array.dtype} values; floating-point numbers are expected")
    return array


def as_matrix(value: ArrayLike, name: str) -> Array:
    """`value` as numbers in two dimensions. Raises ShapeError, ArgumentError."""
    matrix = as_numbers(value, name)
    if matrix.ndim != 2:
        column = " (a column is v.reshape(-1, 1))" if matrix.ndim < 2 else ""
        raise ShapeError(f"{name} is {size(matrix.shape)}; 2-D, one column a sample, is expected{column}")
    return matrix


def as_columns(value: ArrayLike, name: str, shape: tuple[int, int]) -> Array:
    """`value` as a matrix of exactly `shape`; nothing is broadcast. Raises ShapeError."""
    matrix = as_matrix(value, name)
    if matrix.shape != shape:
        turned = f"{name}.T" if name.isidentifier() else "its transpose"
        hint = f": pass {turned}" if matrix.shape == shape[::-1] else ""
        raise ShapeError(f"{name} is {size(matrix.shape)}; {size(shape)} is expected{hint}")
    return matrix


def as_dtype(array: Array, like: Array) -> Array:
    """A real array in the precision of `like`: targets in double make no gradient of single precision a double."""
    return array if np.iscomplexobj(array) else array.astype(like.dtype, copy=False)


def column_sums(matrix: Array) -> Array:
    """MATLAB's sum(matrix): one number a column, as a row (1, N)."""
    sums: Array = matrix.sum(axis=0, keepdims=True)
    return sums


def column_means(matrix: Array) -> Array:
    """MATLAB's mean(matrix): one number a column, as a row (1, N); 0 of no rows, of which NumPy would warn."""
    means: Array = matrix.mean(axis=0, keepdims=True) if len(matrix) else column_sums(matrix)
    return means


def magnitude(z: Array) -> Array:
    """|z| as an analytic function: -z left of 0, z elsewhere."""
    return np.where(z.real < 0, -z, z)


def require_finite(value: float, what: str) -> None:
    """Raises ArgumentError unless value is a finite number."""
    if not (isinstance(value, Real) and -np.inf < value < np.inf):
        raise ArgumentError(f"{what} is {value!r}; a finite number is expected")


def require_positive(value: float, what: str) -> None:
    """Raises ArgumentError unless value is a number above 0."""
    if not (isinstance(value, Real) and value > 0):
        raise ArgumentError(f"{what} is {value!r}; a number above 0 is expected")


def require_from_zero(value: float, what: str, below: float = np.inf) -> None:
    """Raises ArgumentError unless value is a number from 0 (to below `below`)."""
    if not (isinstance(value, Real) and 0 <= value < below):
        end = "" if below == np.inf else f" to below {below:g}"
        raise ArgumentError(f"{what} is {value!r}; a number from 0{end} is expected")


def require_whole(value: int, what: str) -> None:
    """Raises ArgumentError unless value is a whole number from 1."""
    if not (isinstance(value, Real) and value >= 1 and value % 1 == 0):
        raise ArgumentError(f"{what} is {value!r}; a whole number from 1 is expected")
