"""What is known before the search: both arrays, the inputs, how finely their digits go."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import permutations
from typing import Any

import numpy as np

from port.reference.causes.arrays import FEW, SAMPLE, Array, is_whole, peak, probe, residual

DOUBLE_NOISE = 1e-10  # recomputing with a solve or a decomposition may lose five of sixteen digits
SINGLE_NOISE = 3e-5  # and two of seven
SINGLE_SCALE = 1e-7
COARSE = 1e-4
MOST_DIGITS = 2.0**40  # beyond it every double is nearly whole
LEAST_WHOLE = 1e4  # smaller whole numbers are counts or labels, not the digits that are left of others
MOST_ROUNDED = 0.05  # fewer digits than one and a half tell nothing
MOST_INPUTS, MOST_DIMENSIONS = 40, 32


@dataclass(frozen=True)
class Facts:
    """The problem: numbers in double precision beside the types they came in; inputs by name."""

    want: Array
    got: Array
    want_dtype: np.dtype[Any]
    got_dtype: np.dtype[Any]
    inputs: Mapping[str, Array]

    @cached_property
    def noise(self) -> float:
        """The relative size below which a difference is rounding."""
        single = all(
            _is_single(dtype) or is_single_valued(array)
            for dtype, array in ((self.want_dtype, self.want), (self.got_dtype, self.got))
        )
        return SINGLE_NOISE if single else DOUBLE_NOISE

    @cached_property
    def eps(self) -> float:
        """The spacing of the numbers that were compared."""
        return float(np.finfo(np.float32 if self.noise == SINGLE_NOISE else np.float64).eps)

    @cached_property
    def loose(self) -> float:
        """The noise, or the step of the reference's digits when it was saved with fewer of them."""
        unit = 0.0
        if is_single_valued(self.want) or is_single_valued(self.got):
            unit = 1e-6
        for units in self.digits:
            unit = max(unit, float(units.max()) / (peak(self.want) or 1.0))
        return min(max(self.noise, unit), 1e-3)

    @cached_property
    def scale_noise(self) -> float:
        """What a constant ratio of all elements may be off by: less than one element may."""
        return min(self.loose, SINGLE_SCALE)

    @cached_property
    def coarse(self) -> float:
        """Nearer than this, what is left may be explained by digits that were lost."""
        return max(COARSE, self.loose)

    @cached_property
    def rounded(self) -> float:
        """What the digits that the reference lost may make of the residual."""
        halves = [float(units.max()) / 2 / (peak(self.want) or 1.0) for units in self.digits]
        return min(max(halves, default=0.0) * (1 + 1e-3), MOST_ROUNDED)

    @cached_property
    def mostly_equal(self) -> bool:
        """Whether more than half of the elements that are not 0 agree: only single places differ."""
        if self.want.shape != self.got.shape:
            return False
        apart = np.abs(self.want - self.got) > self.noise * max(peak(self.want), peak(self.got))
        return 2 * int(apart.sum()) < int(((self.want != 0) | (self.got != 0)).sum())

    @cached_property
    def digits(self) -> tuple[Array, ...]:
        """What the last digit of each element may be worth, where the reference has few decimal digits."""
        if is_whole(self.want) and (is_whole(self.got) or peak(self.want) < LEAST_WHOLE):
            return ()
        return decimal_units(self.want)

    @cached_property
    def activations(self) -> dict[tuple[int, ...], tuple[tuple[str, Array], ...]]:
        """The inputs of a shape that may be activations, kept once they have been looked for."""
        return {}

    @cached_property
    def given(self) -> str:
        """The first input that is what was wanted; empty when none is."""
        limit = 100 * self.loose
        alike = (
            a
            for a, value in self.shaped(self.want.shape).items()
            if residual(value, self.want, limit) <= self.loose
        )
        return next(alike, "")

    @cached_property
    def sampled(self) -> dict[tuple[int, ...], tuple[Array, Array]]:
        """A few elements of the activations, and of the real inputs, of a shape; kept once they have been read."""
        return {}

    @cached_property
    def scalars(self) -> dict[str, float]:
        """The inputs of one real element."""
        return {name: float(a.flat[0]) for name, a in self.inputs.items() if a.size == 1 and np.isrealobj(a)}

    @cached_property
    def arrays(self) -> dict[str, Array]:
        """The inputs of more than one element."""
        return {name: a for name, a in self.inputs.items() if a.size > 1}

    @cached_property
    def matrices(self) -> dict[str, Array]:
        """The arrays of two dimensions, vectors among them."""
        return {name: a for name, a in self.arrays.items() if a.ndim == 2}

    def shaped(self, shape: tuple[int, ...]) -> dict[str, Array]:
        """The inputs of a shape."""
        return {name: a for name, a in self.inputs.items() if a.shape == shape}

    def products(self, shape: tuple[int, ...]) -> Iterator[tuple[str, Array, str, Array]]:
        """Ordered pairs of matrices whose product has a shape."""
        for (a, left), (b, right) in permutations(self.matrices.items(), 2):
            if left.shape[1] == right.shape[0] and (left.shape[0], right.shape[1]) == shape:
                yield a, left, b, right

    @cached_property
    def counts(self) -> dict[int, str]:
        """The numbers that a mean may divide by: columns, rows and elements of the inputs."""
        found: dict[int, str] = {}
        for axis, noun in ((1, "columns"), (0, "rows")):
            for name, a in self.matrices.items():
                found.setdefault(a.shape[axis], f"{noun} of {name}")
        for name, a in self.arrays.items():
            found.setdefault(a.size, f"elements of {name}")
        found.pop(1, None)
        return found

    def columns(self, n: int) -> bool:
        """Whether some input has n columns (samples)."""
        return any(a.shape[1] == n for a in self.matrices.values())

    def rows(self, n: int) -> bool:
        """Whether some input has n rows (features or outputs)."""
        return any(a.shape[0] == n for a in self.matrices.values())


def gather(want: Array, got: Array, inputs: Mapping[str, Array]) -> Facts:
    """The facts of a comparison of numbers; inputs that are not numbers are left aside."""
    numbers = {
        name: widened(a)
        for name, a in inputs.items()
        if a.dtype.kind in "biufc" and a.size and a.ndim <= MOST_DIMENSIONS
    }
    few = dict(list(numbers.items())[:MOST_INPUTS])
    return Facts(widened(want), widened(got), want.dtype, got.dtype, few)


def widened(array: Array) -> Array:
    """The array in double precision, real or complex."""
    return array.astype(np.complex128 if array.dtype.kind == "c" else np.float64, copy=False)


def is_single_valued(array: Array) -> bool:
    """Whether the elements carry single precision and no more (whole numbers and halves tell nothing)."""
    if array.size > SAMPLE:
        array = array[probe(array.shape)]
    if np.iscomplexobj(array):
        return is_single_valued(np.stack([array.real, array.imag]))
    array = array[np.isfinite(array) & (array != 0)]
    with np.errstate(over="ignore", under="ignore"):
        single = array.astype(np.float32).astype(np.float64)
        short = array.astype(np.float16).astype(np.float64)
    near = np.abs(single - array) <= 4 * np.finfo(float).eps * np.abs(array)
    trivial = (short == array).all() or (is_whole(array) and peak(array) < 2.0**24)
    return bool(array.size and near.all() and not trivial)


def decimal_units(array: Array) -> tuple[Array, ...]:
    """Units of the last digit, one an element: of few decimals (at most 8), of few significant digits (3 to 8)."""
    if np.iscomplexobj(array) or not np.isfinite(array).all():
        return ()
    decimals = next((d for d in range(9) if _is_near_whole(array, 10.0**d)), None)
    exponent = np.floor(np.log10(np.abs(np.where(array == 0, 1.0, array))))
    digits = next((d for d in range(3, 9) if _is_near_whole(array, 10.0 ** (d - 1 - exponent))), None)
    by_decimals = [] if decimals is None else [np.full(array.shape, 10.0**-decimals)]
    by_digits = [] if digits is None else [10.0 ** (exponent - digits + 1)]
    return (*by_decimals, *by_digits)


def _is_near_whole(array: Array, unit: float | Array) -> bool:
    """Whether array * unit is whole but for rounding, and not so large that every double is."""
    few = (
        np.atleast_1d(array * unit).flat[:FEW]
        if array.size <= FEW
        else array.flat[:FEW] * np.ravel(unit)[:FEW]
    )
    return bool(_near(few).all()) and peak(array * unit) < MOST_DIGITS and bool(_near(array * unit).all())


def _near(array: Array) -> Array:
    near: Array = np.abs(array - np.rint(array)) <= 2 * np.finfo(float).eps * np.abs(array)
    return near


def _is_single(dtype: np.dtype[Any]) -> bool:
    return dtype in (np.dtype(np.float32), np.dtype(np.complex64), np.dtype(np.float16))
