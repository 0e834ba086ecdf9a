"""One compiled pass over two arrays, a chunk at a time: what `measure` need not look at more closely.

Largest values are taken of the bits of magnitudes, which are ordered as the numbers are: Inf and NaN come last, and a
maximum of whole numbers is one instruction for several of them. No sum is made, so that every figure is NumPy's.
"""

from typing import Any, NamedTuple

import numpy as np
from llvmlite import ir
from numba import njit, types
from numba.extending import intrinsic
from numpy.typing import NDArray

Array = NDArray[np.float64]
BLOCK = 512
ALMOST = 1 - 2**-50  # a product is rounded, where the quotient may not be


class Chunks(NamedTuple):
    """The largest |got - want|, the same over |want|, and the largest excess of every chunk."""

    max_abs: float
    max_rel: float
    excess: Array


def _to_bits(context: Any, number: Any) -> Any:
    """The 64 bits of a float64 as an integer."""

    def generated(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        return builder.bitcast(arguments[0], ir.IntType(64))

    return types.int64(types.float64), generated


def _to_number(context: Any, bits: Any) -> Any:
    """The float64 of 64 bits."""

    def generated(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        return builder.bitcast(arguments[0], ir.DoubleType())

    return types.float64(types.int64), generated


_bits: Any = intrinsic(_to_bits)
_number: Any = intrinsic(_to_number)


@njit(cache=True, nogil=True, error_model="numpy")
def largest_magnitude(numbers: Array) -> float:
    """The largest magnitude, Inf or NaN where there is one; 0.0 of nothing."""
    most = np.int64(0)
    for n in range(numbers.size):
        most = max(most, _bits(abs(numbers[n])))
    return float(_number(most))


@njit(nogil=True, error_model="numpy")
def _scanned(
    got: Array, want: Array, relative: float, excess: float, rtol: float, floor: float
) -> tuple[Any, Any]:
    """The bits of the largest |got - want|, and whether an element may go beyond `relative` or `excess`."""
    apart, beyond = np.int64(0), np.int64(0)
    for n in range(got.size):
        distance, magnitude = abs(got[n] - want[n]), abs(want[n])
        apart = max(apart, _bits(distance))
        over = (distance >= relative * magnitude) | (distance >= excess * (magnitude * rtol + floor))
        beyond |= np.int64((distance > 0) & over)
    return apart, beyond > 0


@njit(nogil=True, error_model="numpy")
def _divided(got: Array, want: Array, rtol: float, floor: float) -> tuple[float, float]:
    """The largest |got - want| / |want|, and over |want| * rtol + floor."""
    relative = excess = 0.0
    for n in range(got.size):
        distance, magnitude = abs(got[n] - want[n]), abs(want[n])
        if distance > 0:
            relative = max(relative, distance / magnitude)
            excess = max(excess, distance / (magnitude * rtol + floor))
    return relative, excess


@njit(cache=True, nogil=True, error_model="numpy")
def measure_chunks(got: Array, want: Array, rtol: float, floor: float, size: int, found: Array) -> None:
    """Fill `found` (3, chunks): apart, relative so far and excess; got and want are flat, `size` elements a chunk.

    The excess is |got - want| / (|want| * rtol + floor). Few blocks go beyond those before: divided is in those alone.
    """
    relative = 0.0
    for chunk in range(found.shape[1]):
        apart: Any = np.int64(0)
        excess, end = 0.0, min((chunk + 1) * size, got.size)
        for start in range(chunk * size, end, BLOCK):
            g, w = got[start : min(start + BLOCK, end)], want[start : min(start + BLOCK, end)]
            bits, beyond = _scanned(g, w, relative * ALMOST, excess * ALMOST, rtol, floor)
            apart = max(apart, bits)
            if beyond:
                block = _divided(g, w, rtol, floor)
                relative, excess = max(relative, block[0]), max(excess, block[1])
        found[0, chunk], found[1, chunk], found[2, chunk] = _number(apart), relative, excess


def passed(got: Array, want: Array, rtol: float, floor: float, size: int) -> Chunks | None:
    """What one pass over flat arrays finds, `size` elements a chunk; None where NaN, Inf or an overflow takes part."""
    apart, relative, excess = found = np.empty((3, -(-got.size // size)))
    measure_chunks(got, want, rtol, floor, size, found)
    return Chunks(float(apart.max()), float(relative[-1]), excess) if np.isfinite(apart).all() else None
