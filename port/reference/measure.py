"""How far two arrays of one shape are apart, in chunks: no temporary is as large as the arrays."""

import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from importlib.util import find_spec
from math import isfinite
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

from port.errors import ArgumentError

CHUNK = 1 << 15  # elements; a dozen float64 temporaries of a chunk stay under 4 MiB
BLOCK = 32
MANY = 1 << 25  # numbers from which on it pays to load numba, and, where it is loaded, to use it
MANY_AT_HAND = 1 << 20
LONGEST_AXIS = 1 << 20  # beyond it an axis is summarised by its first and last differing index

Array = npt.NDArray[Any]
Pieces: TypeAlias = Iterator[tuple[int, tuple[Array, ...]]]


@dataclass
class Extent:
    """Where the differing elements lie: along every axis, and on or off the main diagonal."""

    shape: tuple[int, ...]
    count: int = 0
    on_diagonal: int = 0
    first: list[int] = field(default_factory=list)
    last: list[int] = field(default_factory=list)
    hit: list[Array | None] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.first = list(self.shape)
        self.last = [-1] * len(self.shape)
        self.hit = [np.zeros(n, bool) if n <= LONGEST_AXIS else None for n in self.shape]

    def add(self, index: tuple[Array, ...], count: int) -> None:
        """Take in `count` differing elements, given as one index array an axis."""
        for axis, along in enumerate(index):
            self.first[axis] = min(self.first[axis], int(along.min()))
            self.last[axis] = max(self.last[axis], int(along.max()))
            hit = self.hit[axis]
            if hit is not None:
                hit[along] = True
        self.count += count
        if len(index) == 2:
            self.on_diagonal += int(np.count_nonzero(index[0] == index[1]))

    def along(self, axis: int) -> Array | None:
        """The differing indices along an axis; None when the axis is too long to keep them."""
        hit = self.hit[axis]
        return None if hit is None else np.flatnonzero(hit)


@dataclass(frozen=True)
class Measure:
    """What one pass over two arrays of one shape finds.

    `places` are those of the worst elements, an index array an axis, the worst first; `excess` and `apart` belong
    to them.
    """

    max_abs: float
    max_rel: float
    max_scaled: float
    places: tuple[Array, ...]
    excess: Array
    apart: Array
    extent: Extent

    @property
    def max_excess(self) -> float:
        """The largest `|got - want|` in units of what is tolerated."""
        return float(self.excess[0]) if self.excess.size else 0.0


def is_exact(got: np.dtype[Any], want: np.dtype[Any]) -> bool:
    """Integers, logicals and text do not round, so between them nothing is tolerated."""
    return got.kind in "biuUS" and want.kind in "biuUS"


def common_dtype(got: np.dtype[Any], want: np.dtype[Any]) -> np.dtype[Any] | None:
    """The type in which elements are compared; None: compare as they are (int64 beside uint64)."""
    if got.kind in "US" and want.kind in "US":
        return np.result_type(got, want)
    if got.kind not in "biufc" or want.kind not in "biufc":
        raise ArgumentError(f"cannot compare {got} with {want}: give numbers, logicals or text")
    common = np.result_type(got, want)
    if is_exact(got, want) and common.kind == "f":
        return None
    return common


def chunks(*arrays: Array, dtype: np.dtype[Any] | None = None) -> Pieces:
    """Walk arrays of one shape together: (flat position of the first element, one 1-D piece each).

    Positions count in the memory order of the last array (see `walk_order`).
    """
    kinds = [array.dtype if dtype is None else dtype for array in arrays]
    pieces = np.nditer(
        arrays,
        flags=["external_loop", "buffered", "zerosize_ok"],
        op_flags=[["readonly"]] * len(arrays),
        op_dtypes=kinds,
        casting="unsafe",
        order=walk_order(arrays[-1]),
        buffersize=CHUNK,
    )
    start = 0
    for piece in pieces:
        each = piece if isinstance(piece, tuple) else (piece,)
        yield start, each
        start += each[0].size


def walk_order(array: Array) -> Any:
    """The order in which `chunks` walks: column-major for MATLAB-like buffers, else row-major."""
    return "F" if array.flags.f_contiguous and not array.flags.c_contiguous else "C"


def largest(array: Array) -> float:
    """The largest finite magnitude of an array; 0.0 when it has none."""
    best = 0.0
    for _, (piece,) in chunks(array):
        if piece.dtype.kind == "f":
            reach = float(piece.max(initial=0.0)), -float(piece.min(initial=0.0))
            if isfinite(sum(reach)):
                best = max(best, *reach)
                continue
        sizes = _magnitude(piece)
        best = max(best, float(sizes.max(initial=0.0, where=np.isfinite(sizes))))
    return best


def measure(got: Array, want: Array, rtol: float, atol: float, keep: int) -> Measure:
    """Compare two arrays of one shape element by element; the `keep` worst are located.

    Chunks that are equal are passed over at the speed of reading; of the others the unequal elements are
    measured, of many numbers in those chunks alone that a compiled pass has found to matter. NaN agrees with NaN, Inf
    with Inf of its sign; any other meeting with them is infinitely wrong.
    """
    exact = is_exact(got.dtype, want.dtype)
    extent = Extent(want.shape)
    max_abs = max_rel = 0.0
    scale: float | None = None
    worst = np.empty((3, 0))
    pieces = chunks(got, want, dtype=common_dtype(got.dtype, want.dtype))
    if ahead := _passed_ahead(got, want, rtol, atol, keep):
        max_abs, max_rel, scale, pieces = ahead
    for start, (g, w) in pieces:
        unequal = g != w
        if not unequal.any():
            continue
        at, apart, size = _unequal(g, w, unequal)
        if not apart.size:
            continue
        if scale is None:
            scale = 0.0 if want.dtype.kind in "US" else largest(want)
        with np.errstate(divide="ignore", over="ignore"):
            max_rel = max(max_rel, float((apart / size).max()))
            size *= 0.0 if exact else rtol
            size += 0.0 if exact else atol * scale
            excess = np.divide(apart, size, out=size)
        max_abs = max(max_abs, float(apart.max()))
        top = excess.max()
        if top > 1:
            over = _at(at, np.flatnonzero(excess > 1)) + start
            extent.add(_unravel(over, want), over.size)
        if worst.shape[1] < keep or top >= worst[0, -1]:
            chosen = _chosen(excess, apart, keep)
            found = np.stack([excess[chosen], apart[chosen], _at(at, chosen) + float(start)])
            worst = _merge(worst, found, keep)
    scaled = max_abs / scale if scale else float("inf" if max_abs else 0)
    places = _unravel(worst[2].astype(np.intp), want)
    return Measure(max_abs, max_rel, scaled, places, worst[0], worst[1], extent)


def _passed_ahead(
    got: Array, want: Array, rtol: float, atol: float, keep: int
) -> tuple[float, float, float, Pieces] | None:
    """max_abs, max_rel, the scale and the chunks worth measuring, of many finite float64 where numba is at hand."""
    if want.size < (MANY_AT_HAND if "numba" in sys.modules else MANY):
        return None
    order = walk_order(want)
    lie_alike = all(a.flags.f_contiguous if order == "F" else a.flags.c_contiguous for a in (got, want))
    if not (lie_alike and got.dtype == want.dtype == np.float64):
        return None
    from port.backprop import compiled

    if not (compiled.wanted() and find_spec("numba") and compiled.kernel_module()):
        return None
    from port.reference import onepass

    ours, theirs = got.ravel(order), want.ravel(order)
    scale = onepass.largest_magnitude(theirs)
    found = onepass.passed(ours, theirs, rtol, atol * scale, CHUNK) if np.isfinite(scale) else None
    if found is None:
        return None
    reached = np.sort(found.excess)[-keep:][0]
    starts = CHUNK * np.flatnonzero((found.excess > 0) & (found.excess >= min(reached, 1.0)))
    pieces = (
        (start, (ours[start : start + CHUNK], theirs[start : start + CHUNK])) for start in starts.tolist()
    )
    return found.max_abs, found.max_rel, scale, pieces


def ulp_distance(got: Any, want: Any) -> Array:
    """How many representable numbers lie between two, element by element, as floats: 0 equal, 1 neighbours.

    NaN where it has no meaning (whole numbers, text). The distance is in the wider of the two types; of complex
    numbers the larger of both parts counts.
    """
    got, want = np.asarray(got), np.asarray(want)
    kinds = {got.dtype.kind, want.dtype.kind}
    common = np.result_type(got, want) if kinds <= set("biufc") and kinds & set("fc") else np.dtype(bool)
    if common.kind == "c":
        return np.maximum(ulp_distance(got.real, want.real), ulp_distance(got.imag, want.imag))
    if common.kind != "f" or common.itemsize > 8:
        return np.full(got.shape, np.nan)
    (below, g), (under, w) = (_ordinal(a.astype(common)) for a in (got, want))
    apart = np.where(below == under, np.maximum(g, w) - np.minimum(g, w), g + w).astype(np.float64)
    odd = ~(np.isfinite(got) & np.isfinite(want))
    return np.where(odd, np.where(_same(got, want), 0.0, np.inf), apart) if odd.any() else apart


def _ordinal(numbers: Array) -> tuple[Array, Array]:
    """Whether each is below zero, and how many representable numbers it is from zero; both zeros are 0."""
    width = numbers.dtype.itemsize
    bits = numbers.view(f"u{width}").astype(np.uint64)
    sign = np.uint64(1 << (8 * width - 1))
    return bits >= sign, bits & (sign - np.uint64(1))


def _unravel(flat: Array, array: Array) -> tuple[Array, ...]:
    return np.unravel_index(flat, array.shape, order=walk_order(array)) if array.ndim else ()


def _at(places: Array | None, chosen: Array) -> Array:
    """Where the chosen of some elements lie; None: these are all there are."""
    return chosen if places is None else places[chosen]


def _chosen(excess: Array, apart: Array, keep: int) -> Array:
    """The places of the `keep` largest by excess, then by distance; more where these are near or equal."""
    chosen = np.flatnonzero(excess >= _reached(excess, keep))
    if chosen.size > keep:
        distance = apart[chosen]
        chosen = chosen[distance >= _reached(distance, keep)]
    return chosen


def _reached(values: Array, keep: int) -> Any:
    """A value that at least `keep` values reach, or all: of many, told from the largest of each of some groups."""
    if values.size > BLOCK * BLOCK:
        values = values[: values.size // BLOCK * BLOCK].reshape(BLOCK, -1).max(axis=0)
    return np.partition(values, -keep)[-keep] if values.size > keep else values.min()


def _merge(worst: Array, found: Array, keep: int) -> Array:
    """The `keep` worst of those known and those found: columns of excess, distance and flat position."""
    both = np.concatenate([worst, found], axis=1)
    return both[:, np.lexsort((both[2], -both[1], -both[0]))[:keep]]


def _unequal(g: Array, w: Array, unequal: Array) -> tuple[Array | None, Array, Array]:
    """Of the elements of a chunk that are unequal: the places (None: all), |g - w| and |w| as floats."""
    at = None
    if not unequal.all():
        at = np.flatnonzero(unequal)
        g, w = g[at], w[at]
    if g.dtype.kind in "US":
        return at, np.full(g.shape, np.inf), np.zeros(g.shape)
    if g.dtype.kind in "biu":
        return at, _integer_distance(g, w), _magnitude(w)
    wide: Any = np.result_type(g.dtype, np.float64)
    g, w = g.astype(wide, copy=False), w.astype(wide, copy=False)
    with np.errstate(over="ignore", invalid="ignore"):
        apart: Array = np.abs(g - w)
    if isfinite(apart.max(initial=0.0)):
        return at, apart, np.abs(w)
    return _with_infinities(at, apart, np.abs(w), g, w)


def _with_infinities(
    at: Array | None, apart: Array, size: Array, g: Array, w: Array
) -> tuple[Array, Array, Array]:
    """What `_unequal` gives where NaN or Inf take part: NaN beside NaN is equal, else they are infinitely far."""
    clash = ~(np.isfinite(g) & np.isfinite(w))
    apart[clash], size[clash] = np.inf, 0.0
    kept = np.flatnonzero(~_same(g, w))
    return _at(at, kept), apart[kept], size[kept]


def _integer_distance(g: Array, w: Array) -> Array:
    """|g - w| of integers of any signedness: exact modulo 2**64, and set apart beyond."""
    g64, w64 = g.astype(np.uint64), w.astype(np.uint64)
    apart = np.where(g > w, g64 - w64, w64 - g64).astype(np.float64)
    return np.maximum(apart, np.where(np.abs(g.astype(float) - w.astype(float)) >= 2.0**64, 2.0**64, 0.0))


def _magnitude(piece: Array) -> Array:
    """|piece| in at least float64, so that -128 and uint8 do not wrap."""
    magnitude: Array = np.abs(piece.astype(np.result_type(piece.dtype, np.float64), copy=False))
    return magnitude


def _same(g: Array, w: Array) -> Array:
    """Equal, or NaN on both sides; a complex number is the same when both its parts are."""
    if g.dtype.kind == "c":
        return _same(g.real, w.real) & _same(g.imag, w.imag)
    same: Array = (g == w) | (np.isnan(g) & np.isnan(w))
    return same
