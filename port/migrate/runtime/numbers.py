"""Rounding, remainders, classes of numbers, bits and number theory."""

import math
from collections.abc import Callable
from typing import Any

import numpy as np

from port.migrate.runtime.elementary import to_whole
from port.migrate.runtime.operators import expanding
from port.migrate.runtime.values import (
    Array,
    MatlabError,
    Value,
    as_class,
    class_,
    common_class,
    grid,
    matrix,
    number,
    unbox,
    whole,
)


def round_(x: Value) -> Value:
    """To the nearest integer, halves away from zero (NumPy: to even)."""
    return to_whole(_half_away, x)


def _half_away(x: Array) -> Array:
    """Round with halves away from zero; numbers too large to have a fraction stay."""
    return np.where(np.abs(x) < 2.0**52, np.trunc(x + np.copysign(np.nextafter(0.5, 0), x)), x).astype(
        x.dtype
    )


def mod(x: Value, y: Value) -> Value:
    """`x - floor(x ./ y) .* y` with the sign of `y`; `mod(x, 0)` is `x` (NumPy: nan), a quotient within
    rounding is whole.
    """
    return _remainder(x, y, np.floor, lambda r, a, b: np.copysign(r, b))


def rem(x: Value, y: Value) -> Value:
    """`x - fix(x ./ y) .* y` with the sign of `x` (NumPy's `%` has that of `y`); `rem(x, 0)` is NaN."""
    return _remainder(x, y, np.trunc, lambda r, a, b: np.copysign(r, a))


def _remainder(x: Value, y: Value, part: Callable[[Array], Array], signed: Callable[..., Array]) -> Value:
    a, b = matrix(x), matrix(y)
    a, b = expanding("mod" if part is np.floor else "rem", a, b)
    name = common_class(a, b)
    a, b = (v if v.dtype.kind == "f" else v.astype(float) for v in (a, b))
    with np.errstate(all="ignore"):
        quotient = a / b
        nearest = np.rint(quotient)
        almost = (b != np.rint(b)) & (np.abs(quotient - nearest) < np.finfo(float).eps * np.abs(nearest))
        plain = signed(a - b * part(quotient), a, b)
        result = np.where(b == 0, a if part is np.floor else np.nan, np.where(almost | (a == b), 0.0, plain))
    return unbox(as_class(result, name))


def idivide(x: Value, y: Value, how: str = "fix") -> Value:
    """Integer division that truncates, or rounds as told: "fix", "round", "floor" or "ceil"."""
    a, b = matrix(x), matrix(y)
    roundings: dict[str, Callable[[Array], Any]] = {
        "fix": np.trunc,
        "floor": np.floor,
        "ceil": np.ceil,
        "round": _half_away,
    }
    quotient = roundings[how]
    with np.errstate(all="ignore"):
        return unbox(as_class(quotient(a.astype(float) / b.astype(float)), common_class(a, b)))


def double(x: Value) -> Value:
    """As double precision; text becomes its character codes."""
    return cast(x, "double")


def single(x: Value) -> Value:
    """As single precision; text becomes its character codes."""
    return cast(x, "single")


def logical(x: Value) -> Value:
    """Not zero; NaN cannot be converted."""
    array = matrix(x)
    if array.dtype.kind in "fc" and np.isnan(array).any():
        raise MatlabError("logical: NaN can't be converted to logical value")
    return unbox(array.astype(bool))


def int8(x: Value) -> Value:
    """Rounded, halves away from zero, and clipped; `astype` truncates and wraps."""
    return cast(x, "int8")


def int16(x: Value) -> Value:
    """As `int8`, 16 bits."""
    return cast(x, "int16")


def int32(x: Value) -> Value:
    """As `int8`, 32 bits."""
    return cast(x, "int32")


def int64(x: Value) -> Value:
    """As `int8`, 64 bits; later arithmetic takes it for double, for NumPy's own indices are int64."""
    return cast(x, "int64")


def uint8(x: Value) -> Value:
    """As `int8`, 8 bits without sign."""
    return cast(x, "uint8")


def uint16(x: Value) -> Value:
    """As `int8`, 16 bits without sign."""
    return cast(x, "uint16")


def uint32(x: Value) -> Value:
    """As `int8`, 32 bits without sign."""
    return cast(x, "uint32")


def uint64(x: Value) -> Value:
    """As `int8`, 64 bits without sign."""
    return cast(x, "uint64")


def cast(x: Value, name: str) -> Value:
    """`x` as the numeric class of that name."""
    return unbox(np.array(as_class(matrix(x), name)))


def intmax(name: Value = "int32") -> Value:
    """The largest number of an integer class."""
    return np.dtype(_class_name(name)).type(np.iinfo(_class_name(name)).max)


def intmin(name: Value = "int32") -> Value:
    """The smallest number of an integer class."""
    return np.dtype(_class_name(name)).type(np.iinfo(_class_name(name)).min)


def _class_name(x: Value) -> str:
    return x if isinstance(x, str) else class_(x)


def eps(x: Value = "double") -> Value:
    """The spacing of doubles at 1 (or of "single"), or at each element of `x` (`np.spacing` of its
    magnitude).
    """
    if isinstance(x, str):
        return np.finfo(x).eps if x == "single" else np.float64(np.finfo(float).eps)
    array = matrix(x)
    return unbox(np.abs(np.spacing(np.abs(array if array.dtype.kind == "f" else array.astype(float)))))


def isnan(x: Value) -> Value:
    """Which elements are NaN; of text and cells none (`np.isnan` refuses them)."""
    return _where(np.isnan, x)


def isinf(x: Value) -> Value:
    """Which elements are infinite; of text and cells none."""
    return _where(np.isinf, x)


def isfinite(x: Value) -> Value:
    """Which elements are finite numbers; characters are."""
    array = grid(x)
    return (
        unbox(np.isfinite(matrix(array)))
        if array.dtype != object
        else unbox(np.zeros(array.shape, dtype=bool))
    )


def _where(test: Callable[[Array], Any], x: Value) -> Value:
    array = grid(x)
    return unbox(np.zeros(array.shape, dtype=bool) if array.dtype.kind in "OU" else np.asarray(test(array)))


def _bits(operation: Callable[..., Array], x: Value, y: Value) -> Value:
    """Apply a bit operation to doubles or integers that are whole and not negative."""
    a, b = matrix(x), matrix(y)
    return unbox(operation(a.astype(np.int64), b.astype(np.int64)).astype(common_class(a, b)))


def bitand(x: Value, y: Value) -> Value:
    """Bitwise and, of doubles too."""
    return _bits(np.bitwise_and, x, y)


def bitor(x: Value, y: Value) -> Value:
    """Bitwise or, of doubles too."""
    return _bits(np.bitwise_or, x, y)


def bitxor(x: Value, y: Value) -> Value:
    """Bitwise exclusive or, of doubles too."""
    return _bits(np.bitwise_xor, x, y)


def bitshift(x: Value, places: Value) -> Value:
    """Shifted left, by a negative number right; of doubles too."""
    return _bits(lambda a, n: np.where(n >= 0, a << np.maximum(n, 0), a >> np.maximum(-n, 0)), x, places)


def gcd(x: Value, y: Value) -> Value:
    """The greatest common divisor, of doubles too."""
    return _bits(np.gcd, x, y)


def lcm(x: Value, y: Value) -> Value:
    """The least common multiple, of doubles too."""
    return _bits(np.lcm, x, y)


def factorial(x: Value) -> Value:
    """The factorial of every element, as doubles."""
    array = matrix(x)
    values = [math.gamma(v + 1) if v > 20 else float(math.factorial(int(v))) for v in array.ravel()]
    return unbox(np.round(np.array(values)).reshape(array.shape))


def nchoosek(n: Value, k: Value) -> Value:
    """The number of choices, or of a vector every choice of k elements as a row."""
    from itertools import combinations

    items = matrix(n).ravel(order="F")
    if items.size == 1:
        return np.float64(math.comb(whole(n), whole(k)))
    chosen = list(combinations(items, whole(k)))
    return np.array(chosen).reshape(len(chosen), whole(k))


def perms(x: Value) -> Array:
    """All orders of a vector as rows, in reverse order of places."""
    from itertools import permutations

    items = matrix(x).ravel(order="F")
    places = sorted(permutations(range(items.size)), reverse=True)
    return np.array(items[np.array(places, dtype=int)]).reshape(len(places), items.size)


def primes(n: Value) -> Array:
    """The primes up to n as a row."""
    top = max(int(np.floor(number(n))), 0)
    sieve = np.ones(top + 1, dtype=bool)
    sieve[:2] = False
    for p in range(2, math.isqrt(top) + 1):
        if sieve[p]:
            sieve[p * p :: p] = False
    return np.flatnonzero(sieve).astype(float).reshape(1, -1)


def isprime(x: Value) -> Value:
    """Which elements are prime."""
    array = matrix(x)
    table = primes(array.max() if array.size else 0)
    return unbox(np.isin(array, table))


def factor(n: Value) -> Array:
    """The prime factors in ascending order as a row."""
    rest, found, p = whole(n), [], 2
    while p * p <= rest:
        while rest % p == 0:
            found.append(float(p))
            rest //= p
        p += 1
    return np.array([[*found, float(rest)] if rest > 1 or not found else found])


def bitget(x: Value, place: Value) -> Value:
    """One bit, counted from 1, as a logical value."""
    return unbox(matrix(_bits(lambda a, n: (a >> (n - 1)) & 1, x, place)).astype(bool))


def bitset(x: Value, place: Value, value: Value = 1) -> Value:
    """One bit, counted from 1, set, or cleared where `value` is 0."""
    if whole(value):
        return _bits(lambda a, n: a | (1 << (n - 1)), x, place)
    return _bits(lambda a, n: a & ~(1 << (n - 1)), x, place)
