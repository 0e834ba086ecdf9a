"""MATLAB's operators where operand classes or shapes are known only at run time."""

import sys
from collections.abc import Callable
from typing import Any

import numpy as np

from port.migrate.runtime.values import (
    Array,
    MatlabError,
    Value,
    as_class,
    common_class,
    copied,
    grid,
    matrix,
    narrow,
    same_kind,
    unbox,
)


def _elementwise(name: str, operation: Callable[[Array, Array], Array], a: Value, b: Value) -> Value:
    """Apply a NumPy operation with MATLAB's classes: computed in double, then rounded and saturated or made
    single.
    """
    left, right = expanding(f"operator {name}", matrix(a), matrix(b))
    result_class = common_class(left, right)
    if result_class == "single":
        left, right = as_class(left, "single"), as_class(right, "single")
    with np.errstate(all="ignore"):
        return unbox(as_class(narrow(operation(_number(left), _number(right))), result_class))


def expanding(what: str, a: Array, b: Array) -> tuple[Array, Array]:
    """Two arrays of as many dimensions, which MATLAB adds behind the last (NumPy: before the first); raises MATLAB's
    error where the sizes do not expand to each other.
    """
    left, right = (x.reshape(x.shape + (1,) * (max(a.ndim, b.ndim) - x.ndim)) for x in (a, b))
    try:
        np.broadcast_shapes(left.shape, right.shape)
    except ValueError:
        raise nonconformant(what, a, b) from None
    return left, right


def nonconformant(what: str, a: Array, b: Array) -> MatlabError:
    """The error for operands whose sizes do not fit, in Octave's words."""
    sizes = ["x".join(map(str, v.shape)) for v in (a, b)]
    message = f"{what}: nonconformant arguments (op1 is {sizes[0]}, op2 is {sizes[1]})"
    return MatlabError(message, "Octave:nonconformant-args")


def plus(a: Value, b: Value) -> Value:
    """`a + b` where a class may be integer (saturates; NumPy wraps), single or char."""
    return _elementwise("+", np.add, a, b)


def minus(a: Value, b: Value) -> Value:
    """`a - b` where a class may be integer (saturates; NumPy wraps), logical (NumPy refuses) or char."""
    return _elementwise("-", np.subtract, a, b)


def times(a: Value, b: Value) -> Value:
    """`a .* b` where a class may be integer (saturates; NumPy wraps), single or char."""
    return _elementwise(".*", np.multiply, a, b)


def rdivide(a: Value, b: Value) -> Value:
    """`a ./ b`: x/0 is Inf (Python raises for its own numbers), integer classes round and saturate."""
    return _elementwise("./", np.true_divide, a, b)


def ldivide(a: Value, b: Value) -> Value:
    r"""`a .\ b`, that is `b ./ a`."""
    return rdivide(b, a)


def power(a: Value, b: Value) -> Value:
    """`a .^ b`: a negative base with a fractional exponent gives a complex result (NumPy: nan)."""
    return _elementwise(".^", _complex_power, a, b)


def _complex_power(a: Array, b: Array) -> Array:
    """`a ** b` in the complex plane where reals do not suffice."""
    if a.dtype.kind != "c" and b.dtype.kind != "c" and np.any(a < 0) and np.any(b != np.trunc(b)):
        a = a.astype(np.complex64 if a.dtype == np.float32 else np.complex128)
    return np.power(a, b)


def uminus(a: Value) -> Value:
    """`-a` for logical and char values, which NumPy refuses, and saturating for integer classes."""
    return minus(0.0, a)


def ctranspose(a: Value) -> Value:
    """`a'` of a value of any kind: complex numbers are conjugated, a cell's items move, a scalar stays."""
    array = grid(a)
    return same_kind(copied(np.conj(array.T) if array.dtype.kind == "c" else array.T), a)


def transpose(a: Value) -> Value:
    """`a.'` of a value of any kind."""
    return same_kind(copied(grid(a).T), a)


def mtimes(a: Value, b: Value) -> Value:
    """`a * b`: the matrix product, or the elementwise one where an operand is a scalar."""
    left, right = matrix(a), matrix(b)
    if left.size == 1 or right.size == 1:
        return times(left, right)
    if left.ndim != 2 or right.ndim != 2 or left.shape[1] != right.shape[0]:
        raise nonconformant("operator *", left, right)
    name = common_class(left, right)
    with np.errstate(all="ignore"):
        return unbox(as_class(narrow(_number(left) @ _number(right)), name))


def _number(x: Array) -> Array:
    """Logical and integer values as doubles."""
    return x if x.dtype.kind in "fc" else x.astype(float)


def mrdivide(a: Value, b: Value) -> Value:
    """`a / b`: elementwise where `b` is a scalar, else the solution x of x * b = a (least squares if not
    square).
    """
    left, right = matrix(a), matrix(b)
    if right.size == 1:
        return rdivide(left, right)
    if left.shape[-1] != right.shape[-1]:
        raise nonconformant("operator /", left, right)
    return unbox(grid(mldivide(right.T, left.T)).T)


def mldivide(a: Value, b: Value) -> Value:
    r"""`a \ b`: elementwise where `a` is a scalar, else the solution x of a * x = b.

    Not square or singular: the least-squares solution of least norm, which is Octave's choice (MATLAB: a
    basic one).
    """
    left, right = matrix(a), matrix(b)
    if left.size == 1:
        return rdivide(right, left)
    if left.shape[0] != right.shape[0]:
        raise nonconformant("operator \\", left, right)
    name = common_class(left, right)
    return unbox(as_class(narrow(_solution(_number(left), _number(right))), name))


def _solution(a: Array, b: Array) -> Array:
    if a.shape[0] == a.shape[1] and a.size and np.linalg.cond(a, 1) * np.finfo(a.dtype).eps < 1:
        return np.linalg.solve(a, b)
    if not a.size or not b.size:
        return np.zeros((a.shape[1], b.shape[1]))
    if np.isnan(a).any():
        return np.full((a.shape[1], b.shape[1]), np.nan)
    return np.asarray(np.linalg.lstsq(a, b, rcond=None)[0])


def mpower(a: Value, b: Value) -> Value:
    """`a ^ b`: powers of scalars, of a square matrix, or a scalar to a matrix."""
    base, exponent = matrix(a), matrix(b)
    if base.size == 1 and exponent.size == 1:
        return power(base, exponent)
    square = base if exponent.size == 1 else exponent
    if square.shape[0] != square.shape[1] or 1 not in (base.size, exponent.size):
        raise MatlabError(
            "for x^y, only square matrix arguments are permitted and one argument must be scalar.  "
            "Use .^ for elementwise power."
        )
    if exponent.size == 1 and exponent.flat[0] == np.trunc(exponent.flat[0].real):
        return unbox(_matrix_power(_number(base), int(exponent.flat[0].real)))
    values, vectors = np.linalg.eig(_number(square))
    powers = (
        _complex_power(values, exponent.ravel())
        if exponent.size == 1
        else _complex_power(base.ravel(), values)
    )
    result = (vectors * powers) @ np.linalg.inv(vectors)
    return unbox(result.real if base.size == 1 and np.all(base.real > 0) else narrow(result))


def _matrix_power(base: Array, exponent: int) -> Array:
    """A whole power; a negative one of a singular matrix is Inf, with a warning (NumPy raises)."""
    try:
        return np.linalg.matrix_power(base, exponent)
    except np.linalg.LinAlgError:
        print("warning: matrix singular to machine precision", file=sys.stderr)
        return np.full(base.shape, np.inf)


def _compare(name: str, operation: Callable[[Array, Array], Any], a: Value, b: Value) -> Value:
    try:
        left, right = expanding(f"operator {name}", matrix(a), matrix(b))
    except MatlabError as problem:
        raise MatlabError(problem.message.partition(": ")[2], problem.identifier) from None
    if name[0] in "<>" and "c" in (left.dtype.kind, right.dtype.kind):
        left, right = _by_magnitude(left, right)
    return unbox(np.asarray(operation(left, right)))


def _by_magnitude(a: Array, b: Array) -> tuple[Array, Array]:
    """Real numbers in the order that complex ones have in Octave: by magnitude, then by angle (MATLAB: real parts)."""
    a, b = np.broadcast_arrays(a, b)
    flat = np.concatenate([a.ravel(), b.ravel()])
    keys = np.stack([np.abs(flat), np.angle(flat)], axis=1)
    ranks = np.unique(keys, axis=0, return_inverse=True)[1].ravel().astype(float)
    return ranks[: a.size].reshape(a.shape), ranks[a.size :].reshape(b.shape)


def eq(a: Value, b: Value) -> Value:
    """`a == b` element by element where an operand may be text (Python compares a str as a whole)."""
    return _compare("==", np.equal, a, b)


def ne(a: Value, b: Value) -> Value:
    """`a ~= b` element by element where an operand may be text."""
    return _compare("!=", np.not_equal, a, b)


def lt(a: Value, b: Value) -> Value:
    """`a < b` element by element where an operand may be text."""
    return _compare("<", np.less, a, b)


def le(a: Value, b: Value) -> Value:
    """`a <= b` element by element where an operand may be text."""
    return _compare("<=", np.less_equal, a, b)


def gt(a: Value, b: Value) -> Value:
    """`a > b` element by element where an operand may be text."""
    return _compare(">", np.greater, a, b)


def ge(a: Value, b: Value) -> Value:
    """`a >= b` element by element where an operand may be text."""
    return _compare(">=", np.greater_equal, a, b)


def and_(a: Value, b: Value) -> Value:
    """`a & b` element by element, of characters too."""
    return _compare("&", np.logical_and, a, b)


def or_(a: Value, b: Value) -> Value:
    """`a | b` element by element, of characters too."""
    return _compare("|", np.logical_or, a, b)


def not_(a: Value) -> Value:
    """`~a` element by element, of characters too."""
    return unbox(np.logical_not(matrix(a)))


def xor(a: Value, b: Value) -> Value:
    """Exactly one of two, element by element."""
    return _compare("xor", np.logical_xor, a, b)
