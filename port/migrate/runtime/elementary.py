"""Elementary and special functions of every class: NumPy computes `np.exp(True)` in half precision, refuses text."""

from collections.abc import Callable
from typing import Any

import numpy as np

from port.migrate.runtime.values import Array, MatlabError, Value, as_class, matrix, narrow, unbox, whole


def _promoted(function: Callable[[Any], Any], x: Value) -> Value:
    """Apply a function of `np.emath`, which goes complex where it must, to numbers, characters or logical
    values.
    """
    array = matrix(x)
    with np.errstate(all="ignore"):
        return unbox(np.asarray(function(array if array.dtype.kind in "fc" else array.astype(float))))


def sqrt(x: Value) -> Value:
    """The square root, complex of negative numbers (`np.sqrt`: nan)."""
    return _promoted(np.emath.sqrt, x)


def log(x: Value) -> Value:
    """The natural logarithm, complex of negative numbers (`np.log`: nan); -Inf at 0 without a warning."""
    return _promoted(np.emath.log, x)


def log10(x: Value) -> Value:
    """The logarithm to base 10, complex of negative numbers."""
    return _promoted(np.emath.log10, x)


def asin(x: Value) -> Value:
    """The inverse sine, complex beyond -1 and 1, on MATLAB's side of the cut."""
    return _promoted(lambda array: np.arcsin(_beyond(array)), x)


def acos(x: Value) -> Value:
    """The inverse cosine, complex beyond -1 and 1, on MATLAB's side of the cut."""
    return _promoted(lambda array: np.arccos(_beyond(array)), x)


def _beyond(x: Array) -> Array:
    """Real numbers beyond -1 and 1 as complex ones, with the sign of zero that picks MATLAB's branch."""
    if x.dtype.kind == "c" or not np.any(np.abs(x) > 1):
        return x
    branch = np.empty(x.shape, dtype=complex)
    branch.real, branch.imag = x, np.where(x > 1, 0.0, -0.0)
    return branch.conj()


def atanh(x: Value) -> Value:
    """The inverse hyperbolic tangent, complex beyond -1 and 1."""
    return _promoted(np.emath.arctanh, x)


def exp(x: Value) -> Value:
    """The exponential, of characters too; Inf without a warning."""
    return _promoted(np.exp, x)


def log1p(x: Value) -> Value:
    """`log(1 + x)`, complex below -1 (NumPy: nan)."""
    array = matrix(x)
    return unbox(
        np.log1p(array) if array.dtype.kind == "c" or not np.any(array < -1) else np.log1p(array + 0j)
    )


def acosh(x: Value) -> Value:
    """The inverse of cosh, complex below 1 (NumPy: nan)."""
    array = matrix(x)
    return unbox(narrow(np.arccosh(array if np.all(array >= 1) else array + 0j)))


def nthroot(x: Value, n: Value) -> Value:
    """The real n-th root; of negative numbers too where n is odd."""
    array, degree = matrix(x), whole(n)
    if degree % 2 == 0 and np.any(array < 0):
        raise MatlabError("nthroot: N must be an odd integer if X contains negative values")
    root = np.sign(array) * np.abs(array) ** (1.0 / degree)
    with np.errstate(all="ignore"):
        better = root - (root**degree - array) / (degree * root ** (degree - 1))
    return unbox(np.where(np.isfinite(better), better, root))


def log2(x: Value, *, nargout: int = 1) -> Value:
    """The logarithm to base 2, complex below 0; `nargout=2` gives fraction and exponent as `np.frexp`."""
    if nargout == 1:
        return _promoted(np.emath.log2, x)
    fraction, exponent = np.frexp(matrix(x))
    return unbox(fraction), unbox(exponent.astype(float))


def nextpow2(x: Value) -> Value:
    """The exponent of the next power of two."""
    fraction, exponent = np.frexp(np.abs(matrix(x)))
    return unbox(np.where(fraction == 0.5, exponent - 1, exponent).astype(float))


def sec(x: Value) -> Value:
    """1 / cos."""
    return unbox(1.0 / np.cos(matrix(x)))


def csc(x: Value) -> Value:
    """1 / sin."""
    return unbox(1.0 / np.sin(matrix(x)))


def cot(x: Value) -> Value:
    """1 / tan."""
    return unbox(1.0 / np.tan(matrix(x)))


def sech(x: Value) -> Value:
    """1 / cosh."""
    with np.errstate(over="ignore"):
        return unbox(1.0 / np.cosh(matrix(x)))


def csch(x: Value) -> Value:
    """1 / sinh."""
    with np.errstate(all="ignore"):
        return unbox(1.0 / np.sinh(matrix(x)))


def coth(x: Value) -> Value:
    """1 / tanh."""
    with np.errstate(all="ignore"):
        return unbox(1.0 / np.tanh(matrix(x)))


def sign(x: Value) -> Value:
    """-1, 0 or 1; of logical values too, which `np.sign` refuses."""
    array = matrix(x)
    return unbox(np.sign(array.astype(float) if array.dtype == bool else array))


def complex_(re: Value, im: Value = 0.0) -> Value:
    """A complex number from its parts, complex even where the imaginary part is 0."""
    return unbox(matrix(re) + 1j * matrix(im))


def _special(name: str, *arguments: Value) -> Value:
    """A function of `scipy.special`, element by element."""
    import scipy.special

    with np.errstate(all="ignore"):
        return unbox(
            np.asarray(getattr(scipy.special, name)(*(as_class(matrix(a), "double") for a in arguments)))
        )


def gamma(x: Value) -> Value:
    """The gamma function; Inf at 0 and at negative integers."""
    array = matrix(x)
    poles = (array < 0) & (array == np.floor(array))
    values = np.where(array == 0, np.copysign(np.inf, array), _special("gamma", array))
    return unbox(np.where(poles, np.inf, values))


def gammaln(x: Value) -> Value:
    """The logarithm of the gamma function."""
    return _special("gammaln", x)


def beta(x: Value, y: Value) -> Value:
    """The beta function."""
    return _special("beta", x, y)


def erf(x: Value) -> Value:
    """The error function."""
    return _special("erf", x)


def erfc(x: Value) -> Value:
    """One less the error function."""
    return _special("erfc", x)


def erfinv(x: Value) -> Value:
    """The inverse of `erf`."""
    return _special("erfinv", x)


def reallog(x: Value) -> Value:
    """The logarithm of what is not negative."""
    array = matrix(x)
    if np.any(array < 0):
        raise MatlabError("reallog: produced complex result")
    return log(array)


def abs_(x: Value) -> Value:
    """The magnitude, of characters and logical values too."""
    array = matrix(x)
    if array.dtype.kind == "i":
        return unbox(np.abs(np.maximum(array, -np.iinfo(array.dtype).max)))
    return unbox(np.abs(array.astype(float) if array.dtype == bool else array))


def floor(x: Value) -> Value:
    """Down to a whole number; integer classes, logical values and characters too."""
    return to_whole(np.floor, x)


def ceil(x: Value) -> Value:
    """Up to a whole number; integer classes, logical values and characters too."""
    return to_whole(np.ceil, x)


def fix(x: Value) -> Value:
    """Towards zero to a whole number; integer classes, logical values and characters too."""
    return to_whole(np.trunc, x)


def to_whole(function: Callable[[Any], Any], x: Value) -> Value:
    """Each part made whole by a function; integer classes stay."""
    array = matrix(x)
    if array.dtype.kind == "c":
        return unbox(function(array.real) + 1j * function(array.imag))
    if array.dtype.kind in "iu":
        return unbox(array.copy())
    return unbox(function(array.astype(float) if array.dtype == bool else array))


def real(x: Value) -> Value:
    """The real part; of characters and logical values as doubles."""
    return _part(np.real, x)


def imag(x: Value) -> Value:
    """The imaginary part; of characters and logical values as doubles."""
    return _part(np.imag, x)


def conj(x: Value) -> Value:
    """The complex conjugate; of characters and logical values as doubles."""
    return _part(np.conj, x)


def _part(function: Callable[[Any], Any], x: Value) -> Value:
    array = matrix(x)
    return unbox(np.array(function(array.astype(float) if array.dtype == bool else array)))


def sin(x: Value) -> Value:
    """The sine, of characters and logical values too."""
    return _promoted(np.sin, x)


def cos(x: Value) -> Value:
    """The cosine, of characters and logical values too."""
    return _promoted(np.cos, x)


def tan(x: Value) -> Value:
    """The tangent, of characters and logical values too."""
    return _promoted(np.tan, x)


def sinh(x: Value) -> Value:
    """The hyperbolic sine, of characters and logical values too."""
    return _promoted(np.sinh, x)


def cosh(x: Value) -> Value:
    """The hyperbolic cosine, of characters and logical values too."""
    return _promoted(np.cosh, x)


def tanh(x: Value) -> Value:
    """The hyperbolic tangent, of characters and logical values too."""
    return _promoted(np.tanh, x)


def atan(x: Value) -> Value:
    """The inverse tangent, of characters and logical values too."""
    return _promoted(np.arctan, x)


def asinh(x: Value) -> Value:
    """The inverse hyperbolic sine, of characters and logical values too."""
    return _promoted(np.arcsinh, x)


def expm1(x: Value) -> Value:
    """exp(x) - 1, of characters and logical values too."""
    return _promoted(np.expm1, x)
