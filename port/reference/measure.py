"""How far two arrays of one shape are apart, in chunks: no temporary is as large as the arrays."""

import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from importlib.util import find_spec
from math import isfinite, isnan
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

from port.errors import ArgumentError

CHUNK = 1 << 15  # elements; a dozen float64 temporaries of a chunk stay under 4 MiB
BLOCK = 16
MANY = 1 << 25  # numbers from which on it pays to load numba, and, where it is loaded, to use it
MANY_AT_HAND = 1 << 20
INFINITY = {2: 0x7C00, 4: 0x7F80_0000, 8: 0x7FF0_0000_0000_0000}  # its bits, by the bytes of a number
NUMBERS, ROUNDING = frozenset("biufc"), frozenset("fc")
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

    def add(self, index: tuple[Array, ...], count: int) -> None:
        """Take in `count` differing elements, given as one index array an axis."""
        if not count:
            return
        self.hit = self.hit or [np.zeros(n, bool) if n <= LONGEST_AXIS else None for n in self.shape]
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

    `places` are those of the worst elements beyond tolerance, an index array an axis, the worst first; where there is
    none, that of the element nearest to it. `excess` and `apart` belong to them.
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
    common = np.promote_types(got, want)
    if is_exact(got, want) and common.kind == "f":
        return None
    return common


def chunks(*arrays: Array, dtype: np.dtype[Any] | None = None) -> Pieces:
    """Walk arrays of one shape together: (flat position of the first element, one 1-D piece each).

    Positions count in the memory order of the last array (see `walk_order`).
    """
    kinds = [array.dtype if dtype is None else dtype for array in arrays]
    order = walk_order(arrays[-1])
    if arrays[-1].size <= CHUNK:
        yield 0, tuple(a.ravel(order).astype(kind, copy=False) for a, kind in zip(arrays, kinds, strict=True))
        return
    pieces = np.nditer(
        arrays,
        flags=["external_loop", "buffered"],
        op_flags=[["readonly"]] * len(arrays),
        op_dtypes=kinds,
        casting="unsafe",
        order=order,
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


def _scale(want: Array) -> float:
    """What the differences are told in parts of: the largest magnitude, of text 0."""
    return 0.0 if want.dtype.kind in "US" else largest(want)


@np.errstate(divide="ignore", over="ignore", invalid="ignore")
def measure(got: Array, want: Array, rtol: float, atol: float, keep: int) -> Measure:
    """Compare two arrays of one shape element by element, and locate the `keep` worst beyond tolerance.

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
    if ahead := _passed_ahead(got, want, rtol, atol):
        max_abs, max_rel, scale, pieces = ahead
    for start, (g, w) in pieces:
        unequal = g != w
        count = int(np.count_nonzero(unequal))
        if not count:
            continue
        at, apart, size = _unequal(g, w, unequal, count)
        most = float(apart.max())
        if not isfinite(most) and g.dtype.kind in "fc":
            at, apart, size = _with_infinities(at, apart, size, g, w)
            if not apart.size:
                continue
            most = float(apart.max())
        if scale is None:
            scale = float(size.max()) if size.size == want.size and isfinite(most) else _scale(want)
        relative, place = _divided(apart, size)
        max_abs, max_rel = max(max_abs, most), max(max_rel, float(relative[place]))
        size *= 0.0 if exact else rtol
        size += 0.0 if exact else atol * scale
        excess, place = _divided(apart, size, out=size)
        if excess[place] > 1:
            over = (excess > 1).nonzero()[0]
            extent.add(_unravel(_at(at, over) + start, want), over.size)
            if worst.shape[1] < keep or excess[place] >= worst[0, -1]:
                chosen = _chosen(excess, apart, keep)
                found = np.array([excess[chosen], apart[chosen], _at(at, chosen) + float(start)])
                worst = _merge(worst, found, keep)
        elif not worst.size or excess[place] > worst[0, 0]:
            flat = place if at is None else int(at[place])
            worst = np.array([[excess[place]], [apart[place]], [float(start + flat)]])
    scaled = max_abs / scale if scale else float("inf" if max_abs else 0)
    places = _unravel(worst[2].astype(np.intp), want)
    return Measure(max_abs, max_rel, scaled, places, worst[0], worst[1], extent)


def _passed_ahead(
    got: Array, want: Array, rtol: float, atol: float
) -> tuple[float, float, float, Pieces] | None:
    """max_abs, max_rel, the scale and the chunks worth measuring, of many finite float64 where numba is at hand."""
    if want.size < (MANY_AT_HAND if "numba" in sys.modules else MANY):
        return None
    order = walk_order(want)
    lie_alike = all(a.flags.f_contiguous if order == "F" else a.flags.c_contiguous for a in (got, want))
    if not (lie_alike and got.dtype == want.dtype == np.float64):
        return None
    from port.backprop import compiled

    if not (find_spec("numba") and compiled.kernel_in_use()):
        return None
    from port.reference import onepass

    ours, theirs = got.ravel(order), want.ravel(order)
    scale = onepass.largest_magnitude(theirs)
    found = onepass.passed(ours, theirs, rtol, atol * scale, CHUNK) if np.isfinite(scale) else None
    if found is None:
        return None
    starts = CHUNK * np.flatnonzero((found.excess > 0) & (found.excess >= min(found.excess.max(), 1.0)))
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
    kinds = got.dtype.kind + want.dtype.kind
    if not (ROUNDING.intersection(kinds) and NUMBERS.issuperset(kinds)):
        return np.full(got.shape, np.nan)
    common = np.promote_types(got.dtype, want.dtype)
    if common.kind == "c":
        return np.maximum(ulp_distance(got.real, want.real), ulp_distance(got.imag, want.imag))
    if common.itemsize not in INFINITY:
        return np.full(got.shape, np.nan)
    ours, theirs = (_ordinals(a.astype(common, copy=False)) for a in (got, want))
    infinity = INFINITY[common.itemsize]
    apart = [_places_apart(g, w, infinity) for g, w in zip(ours, theirs, strict=True)]
    return np.array(apart).reshape(got.shape)


def _ordinals(numbers: Array) -> list[int]:
    """How many representable numbers each is above zero, or, negative, below; both zeros are 0."""
    least = -1 << 8 * numbers.itemsize - 1
    bits = numbers.ravel().view(f"i{numbers.itemsize}").tolist()
    return [number if number >= 0 else least - number for number in bits]


def _places_apart(g: int, w: int, infinity: int) -> float:
    """The distance of two ordinals; NaN, which is beyond infinity, is at NaN and infinitely far from all else."""
    if abs(g) < infinity and abs(w) < infinity:
        return float(abs(g - w))
    both_nan = abs(g) > infinity and abs(w) > infinity
    return 0.0 if g == w or both_nan else float("inf")


def _unravel(flat: Array, array: Array) -> tuple[Array, ...]:
    return np.unravel_index(flat, array.shape, order=walk_order(array)) if array.ndim else ()


def _at(places: Array | None, chosen: Array) -> Array:
    """Where the chosen of some elements lie; None: these are all there are."""
    return chosen if places is None else places[chosen]


def _chosen(excess: Array, apart: Array, keep: int) -> Array:
    """The places of the `keep` largest by excess, then by distance; more where these are near or equal."""
    chosen: Array = (excess >= _reached(excess, keep)).nonzero()[0]
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
    """The `keep` worst beyond tolerance of those known and those found: columns of excess, distance, position."""
    both: Array = np.concatenate([worst, found], axis=1)
    both = both[:, both[0] > 1]
    ranked: Array = both[:, np.lexsort((both[2], -both[1], -both[0]))]
    return ranked[:, :keep]


def _unequal(g: Array, w: Array, unequal: Array, count: int) -> tuple[Array | None, Array, Array]:
    """Of the `count` elements of a chunk that are unequal: the places (None: all), |g - w| and |w| as floats.

    Where many are unequal, equal ones come along: to leave them out would take longer than to measure them.
    """
    many = 4 * count > unequal.size > BLOCK and g.dtype.kind == "f"
    at = None if many or count == unequal.size else unequal.nonzero()[0]
    if at is not None:
        g, w = g[at], w[at]
    if g.dtype.kind in "US":
        return at, np.full(g.shape, np.inf), np.zeros(g.shape)
    if g.dtype.kind in "biu":
        return at, _integer_distance(g, w), _magnitude(w)
    wide = np.promote_types(g.dtype, np.float64)
    g, w = g.astype(wide, copy=False), w.astype(wide, copy=False)
    return at, np.abs(g - w), np.abs(w)


def _divided(apart: Array, size: Array, out: Array | None = None) -> tuple[Array, int]:
    """apart / size, 0 where both are 0, and the place of the largest."""
    quotient = np.divide(apart, size, out=out)
    place = int(quotient.argmax())
    if isnan(quotient[place]):
        quotient[apart == 0] = 0
        place = int(quotient.argmax())
    return quotient, place


def _with_infinities(
    at: Array | None, apart: Array, size: Array, g: Array, w: Array
) -> tuple[Array, Array, Array]:
    """What `_unequal` gives where NaN or Inf take part: NaN beside NaN is equal, else they are infinitely far."""
    if at is not None:
        g, w = g[at], w[at]
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
