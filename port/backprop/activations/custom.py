"""An activation of the user's own: any function of z, differentiated by its values."""

import warnings
from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np
from numpy.exceptions import ComplexWarning
from numpy.typing import ArrayLike, NDArray

from port.backprop.activations.base import Activation
from port.backprop.arrays import Array, as_numbers, ieee, size
from port.backprop.jacobian import Dense, Diagonal, Jacobian
from port.errors import ArgumentError

COMPLEX_STEP = 1e-100
CENTRAL_STEP = float(np.cbrt(np.finfo(np.float64).eps))
PROBES, TRUST, ROUNDING = 8, 1e-6, 1e-10


@dataclass(frozen=True)
class FromFunction(Activation):
    """`function` maps z (S, N) to a (K, N), column by column; what it depends on is found by trying.

    Where a_i follows z_i alone the Jacobian is Diagonal and takes one evaluation, else Dense and S of them. It is
    exact (complex step, Squire and Trapp, 1998) where the function takes complex z, else by central differences, to
    about 1e-10; the Jacobian's formula says which. jacobian_along takes central differences of the Jacobian.
    """

    function: Callable[[Array], Array]
    name: str = "custom"
    matlab: str = "f(z)"
    entry: str = field(default="df_i/dz_j", init=False)
    product: str = field(default="J' * g", init=False)

    @ieee
    def value(self, z: Array) -> Array:
        try:
            a = np.asarray(self.function(z))
        except Exception as error:
            raise ArgumentError(
                f"activation {self.name}, given z of {size(z.shape)}, fails: {error} "
                "(np.vectorize makes a function of arrays from one of scalars)"
            ) from error
        if a.ndim != 2 or a.shape[1] != z.shape[1]:
            raise ArgumentError(
                f"activation {self.name} turns z of {size(z.shape)} into {size(a.shape)}; "
                f"K x {z.shape[1]} is expected, one column a sample"
            )
        return as_numbers(a, f"what activation {self.name} gives")

    def jacobian(self, z: Array, a: Array) -> Jacobian:
        by = "complex step" if self.takes_complex(len(z)) else "central differences"
        if self._elementwise(z.real):
            slope = self._slope(z, np.full(len(z), True), by)
            return Diagonal(slope, f"df_i/dz_i [i = j], by {by}", "f'(z) .* g")
        columns = [self._slope(z, np.arange(len(z)) == j, by) for j in range(len(z))]
        return Dense(np.stack(columns, axis=1), f"df_i/dz_j, by {by}", "J' * g")

    def jacobian_along(self, z: Array, a: Array, t: Array) -> Jacobian:
        h = CENTRAL_STEP * max(1.0, np.abs(z).max(initial=0.0)) / (np.abs(t).max(initial=0.0) or 1.0)
        ahead, behind = (self.jacobian(z + s * t, a) for s in (h, -h))
        if isinstance(ahead, Diagonal) and isinstance(behind, Diagonal):
            return Diagonal((ahead.diagonal - behind.diagonal) / (2 * h))
        return Dense((ahead.dense() - behind.dense()).reshape(ahead.shape) / (2 * h))

    @ieee
    def _slope(self, z: Array, moved: NDArray[np.bool_], by: str) -> Array:
        """da / dz_j (K, N) for the one row j that is `moved`; for all rows da_i / dz_i."""
        if by == "central differences" or np.iscomplexobj(z):
            return self._central(z, moved)
        slope: Array = self.value(_complex_step(z, moved[:, None])).imag / COMPLEX_STEP
        defined = np.isfinite(slope)
        return slope if defined.all() else np.where(defined, slope, self._central(z, moved))

    @ieee
    def _central(self, z: Array, moved: NDArray[np.bool_]) -> Array:
        step = CENTRAL_STEP * np.maximum(1.0, np.abs(z)) * moved[:, None]
        ahead, behind = z + step, z - step
        return np.asarray((self.value(ahead) - self.value(behind)) / (ahead - behind)[moved])

    @ieee
    def takes_complex(self, S: int) -> bool:
        """Whether a complex step agrees with central differences at some points, where these are defined."""
        points = _probes(S)
        try:
            with warnings.catch_warnings(action="error", category=ComplexWarning):
                slope = self.value(_complex_step(points, 1))
        except ArgumentError:
            return False
        ahead, behind = (self.value(points + step) for step in (CENTRAL_STEP, -CENTRAL_STEP))
        want = (ahead - behind) / (2 * CENTRAL_STEP)
        defined = np.isfinite(want)
        close = np.abs(slope.imag / COMPLEX_STEP - want) <= TRUST * (1 + np.abs(want))
        return np.iscomplexobj(slope) and bool(close[defined].all())

    def _elementwise(self, z: Array) -> bool:
        """Whether row i of the value stays as it is when other rows of z move, for every pair of rows.

        Two numbers differ in some bit, so it is enough to move, for every bit, the rows that have it, then the rest.
        """
        points = np.hstack([_probes(len(z)), z[:, :PROBES]])
        here = self.value(points)
        if not _same(self.value(points[:, :1]), here[:, :1]):
            raise ArgumentError(
                f"activation {self.name} mixes samples: a column of its value depends on other columns of z; "
                "take sums and maxima with axis=0, keepdims=True"
            )
        if here.shape != points.shape:
            return False
        bits = np.arange(len(z))[:, None] >> np.arange(len(z).bit_length()) & 1
        for moved in (*bits.T.astype(bool), *~bits.T.astype(bool)):
            there = self.value(np.where(moved[:, None], points / 2 + 0.3, points))
            if not _same(here[~moved], there[~moved]):
                return False
        return True


def from_function(
    function: Callable[[Array], Array], *, name: str = "custom", matlab: str = "f(z)"
) -> FromFunction:
    """An activation from a function of z (S, N) that gives (K, N), elementwise or column by column.

    `name` stands in messages, `matlab` in the shape walk. Raises ArgumentError unless `function` can be called; a
    function that mixes columns, or gives another number of columns, is refused when it is first used.
    """
    if not callable(function):
        raise ArgumentError(f"from_function takes a function of z; got {type(function).__name__}")
    return FromFunction(function, name, matlab)


def _probes(S: int) -> Array:
    """Some generic points of both signs, (S, PROBES)."""
    return np.random.default_rng(0).uniform(-0.9, 0.9, (S, PROBES))


def _complex_step(z: Array, direction: ArrayLike) -> Array:
    """z a little way along an imaginary direction; bodies take complex z as they take real z."""
    return np.asarray(z + 1j * COMPLEX_STEP * np.asarray(direction))


@ieee
def _same(one: Array, other: Array) -> bool:
    """Whether two arrays agree but for rounding, NaN with NaN."""
    agree = (
        (one == other) | (np.isnan(one) & np.isnan(other)) | (np.abs(one - other) <= ROUNDING * np.abs(one))
    )
    return one.shape == other.shape and bool(agree.all())
