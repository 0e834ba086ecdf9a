"""Compare what a port computes with what the reference recorded, element by element.

Nothing is broadcast, nothing missing is overlooked, and the worst element is named in both index bases.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from functools import cache
from math import prod
from numbers import Real
from typing import TYPE_CHECKING, Any

import numpy as np

from port.errors import ArgumentError
from port.reference.measure import Array, Extent, Measure, measure, ulp_distance
from port.reference.quantities import quantities

if TYPE_CHECKING:
    import pandas as pd

Quantities = Mapping[str, Array]
TOP = 5
CAUSES_SHOWN = 3


@dataclass(frozen=True)
class Tolerance:
    """`|got - want| <= rtol * |want| + atol * max|want|`, element by element.

    `atol` is relative to the quantity's largest finite magnitude, so the verdict does not change when
    a quantity is measured in other units. Integers, logicals and text must be equal.

    Raises ArgumentError when a bound is negative or not finite.
    """

    rtol: float = 1e-10
    atol: float = 1e-12

    def __post_init__(self) -> None:
        bounds = (self.rtol, self.atol)
        if not all(isinstance(bound, Real) and 0 <= bound < np.inf for bound in bounds):
            raise ArgumentError(f"a tolerance is finite and >= 0, not rtol={self.rtol!r}, atol={self.atol!r}")

    def __str__(self) -> str:
        relative = f"{self.rtol:g} * |want| + " if self.rtol else ""
        return f"|got - want| <= {relative}{self.atol:g} * max|want|"


# The least mistake in the catalogue of causes shows at 5e-9 (a reference saved with 8 digits); rounding of a
# float64 sum over 10,000 samples stays below 1e-12 of its largest term. The default lies between the two.
DEFAULT = Tolerance()


@dataclass(frozen=True)
class Element:
    """One element that differs: its 0-based index, both values, how far apart (`excess`: in tolerances)."""

    index: tuple[int, ...]
    got: Any
    want: Any
    abs: float
    excess: float
    ulp: float

    @property
    def matlab(self) -> str:
        """The place as MATLAB writes it: `(3,1)`."""
        return "(" + ",".join(str(i + 1) for i in self.index or (0,)) + ")"

    @property
    def python(self) -> str:
        """The place as Python writes it: `[2, 0]`."""
        return str(list(self.index)) if self.index else "[()]"


@dataclass(frozen=True)
class Row:
    """The comparison of one quantity.

    `verdict` is one of agree, differ, shape, class, missing, extra. `max_scaled` is `max_abs / max|want|`;
    `excess` is the worst `|got - want|` in units of what is tolerated, so that agreement is `excess <= 1`.
    `at_matlab`, `at_python`, `got`, `want` and `ulp` belong to the worst element, the first of `top`:
    the worst that are beyond tolerance, or, where there is none, the one nearest to it.
    """

    quantity: str
    verdict: str
    shape_got: tuple[int, ...] | None
    shape_want: tuple[int, ...] | None
    dtype_got: str
    dtype_want: str
    differing: int = 0
    max_abs: float = np.nan
    max_rel: float = np.nan
    max_scaled: float = np.nan
    ulp: float = np.nan
    excess: float = np.nan
    at_matlab: str = ""
    at_python: str = ""
    got: Any = None
    want: Any = None
    where: str = ""
    top: tuple[Element, ...] = ()

    @property
    def ok(self) -> bool:
        """Whether the quantity agrees."""
        return self.verdict == "agree"

    def __str__(self) -> str:
        if self.verdict == "missing":
            return f"{self.quantity}: missing in got; want has shape {self.shape_want}"
        if self.verdict == "extra":
            return f"{self.quantity}: not in want; got has shape {self.shape_got}"
        if self.verdict == "shape":
            return (
                f"{self.quantity}: shape {self.shape_got} instead of {self.shape_want} (nothing is broadcast)"
            )
        if self.verdict == "class":
            return f"{self.quantity}: {self.dtype_got} beside {self.dtype_want}"
        if not self.top:
            return f"{self.quantity} {self.shape_want}: equal"
        worst = f"worst at {self.at_matlab} / {self.at_python}: got {self.got!r}, want {self.want!r}"
        errors = f"max abs {self.max_abs:.3g}, max rel {self.max_rel:.3g}, scaled {self.max_scaled:.3g}"
        ulps = "" if np.isnan(self.ulp) else f", {self.ulp:.4g} ULP"
        spread = f"; {self.where}" if self.where else ""
        return f"{self.quantity} {self.shape_want}: {worst}; {errors}{ulps}{spread}"


@dataclass(frozen=True)
class Comparison:
    """All quantities of one comparison, with the tolerance that judged them."""

    table: tuple[Row, ...]
    tolerance: Tolerance

    @property
    def ok(self) -> bool:
        """Whether every quantity agrees, none is missing and none is extra."""
        return all(row.ok for row in self.table)

    @property
    def rows(self) -> "pd.DataFrame":
        """One row a quantity, in the order of the reference; columns are the fields of `Row` but `top`."""
        import pandas as pd

        columns = [field.name for field in fields(Row) if field.name != "top"]
        records = [[getattr(row, name) for name in columns] for row in self.table]
        return pd.DataFrame(records, columns=columns)

    @property
    def worst(self) -> Row | None:
        """The row furthest from agreement, missing and misshapen ones first; None without quantities."""
        return max(self.table, key=_badness, default=None)

    def __str__(self) -> str:
        bad = [row for row in self.table if not row.ok]
        agree = f"{len(self.table) - len(bad)} of {len(self.table)} quantities agree"
        return "\n".join([f"{agree}; tolerance {self.tolerance}", *map(str, bad)])

    def as_dict(self) -> dict[str, Any]:
        """The comparison as plain values, for JSON."""
        rows = [asdict(row) for row in self.table]
        return {"ok": self.ok, "tolerance": asdict(self.tolerance), "rows": rows}


def compare(got: Any, want: Any, *, tolerance: Tolerance = DEFAULT) -> Comparison:
    """Compare arrays, or structures of arrays, quantity by quantity.

    `got` and `want` are arrays, or mappings, lists and records of arrays, nested as they come; quantities
    are named as MATLAB would: `dW{1}`, `weights{30,2}`. `want` may be a `Case`: its `expected` counts. Shapes
    must be equal (nothing is broadcast), NaN and Inf must be in the same places, and a quantity that only one
    side has is a difference.

    Raises ArgumentError for values that are not numbers, logicals or text, and for a tolerance that is no Tolerance.
    """
    ours, theirs = quantities(got), quantities(_expected(want))
    return _comparison(ours, theirs, tolerance)


def assert_agrees(got: Any, want: Any, *, tolerance: Tolerance = DEFAULT) -> None:
    """Raise AssertionError, its text the comparison and the diagnosis, unless `got` agrees with `want`.

    `want` is a `Case` (its recorded inputs then serve the diagnosis), a mapping of names, or an array. Raises
    ArgumentError where neither holds a quantity: such a test could not fail.
    """
    __tracebackhide__ = True
    ours, theirs = quantities(got), quantities(_expected(want))
    if not (ours or theirs):
        raise ArgumentError("there is nothing to compare: neither side holds an array")
    comparison = _comparison(ours, theirs, tolerance)
    if not comparison.ok:
        causes = likely_causes(ours, theirs, quantities(getattr(want, "input", None)), comparison)
        raise AssertionError("\n".join([str(comparison), *causes]))


def _expected(want: Any) -> Any:
    return getattr(want, "expected", want)


def _comparison(got: Quantities, want: Quantities, tolerance: Tolerance) -> Comparison:
    if not isinstance(tolerance, Tolerance):
        raise ArgumentError(f"tolerance is {tolerance!r}; give Tolerance(rtol=1e-10, atol=1e-12), say")
    names = [*want, *(name for name in got if name not in want)]
    rows = (_row(name, got.get(name), want.get(name), tolerance) for name in names)
    return Comparison(tuple(rows), tolerance)


def _row(name: str, got: Array | None, want: Array | None, tolerance: Tolerance) -> Row:
    if got is not None and want is not None:
        if got.shape != want.shape:
            return _unmeasured(name, "shape", got, want)
        if (got.dtype.kind in "US") != (want.dtype.kind in "US"):
            return _unmeasured(name, "class", got, want)
        return _measured(name, got, want, tolerance)
    return _unmeasured(name, "missing" if got is None else "extra", got, want)


def _unmeasured(name: str, verdict: str, got: Array | None, want: Array | None) -> Row:
    return Row(
        name,
        verdict,
        shape_got=None if got is None else got.shape,
        shape_want=None if want is None else want.shape,
        dtype_got="" if got is None else _dtype_name(got.dtype),
        dtype_want="" if want is None else _dtype_name(want.dtype),
    )


@cache
def _dtype_name(dtype: np.dtype[Any]) -> str:
    """NumPy's name of a type, which takes longer to make than a small array to compare."""
    return str(dtype)


def _measured(name: str, got: Array, want: Array, tolerance: Tolerance) -> Row:
    found = measure(got, want, tolerance.rtol, tolerance.atol, TOP)
    top = _elements(got, want, found) if found.excess.size else ()
    worst = top[0] if top else None
    return Row(
        quantity=name,
        verdict="agree" if found.max_excess <= 1 else "differ",
        shape_got=got.shape,
        shape_want=want.shape,
        dtype_got=_dtype_name(got.dtype),
        dtype_want=_dtype_name(want.dtype),
        differing=found.extent.count,
        max_abs=found.max_abs,
        max_rel=found.max_rel,
        max_scaled=found.max_scaled,
        ulp=worst.ulp if worst else 0.0,
        excess=found.max_excess,
        at_matlab=worst.matlab if worst else "",
        at_python=worst.python if worst else "",
        got=worst.got if worst else None,
        want=worst.want if worst else None,
        where=_where(found.extent),
        top=top,
    )


def _elements(got: Array, want: Array, found: Measure) -> tuple[Element, ...]:
    """The worst elements as values of Python, the worst first."""
    ours, theirs = (side[found.places] if side.ndim else side.reshape(1) for side in (got, want))
    places = zip(*(axis.tolist() for axis in found.places), strict=True) if want.ndim else [()]
    figures = (ours, theirs, found.apart, found.excess, ulp_distance(ours, theirs))
    columns = (figure.tolist() for figure in figures)
    return tuple(Element(*each) for each in zip(places, *columns, strict=True))


def _where(extent: Extent) -> str:
    """The structure of the error in MATLAB's counting: `only column 1 differs`."""
    size = prod(extent.shape)
    if not extent.count or size == 1:
        return ""
    if extent.count == size:
        return "every element differs"
    if extent.count == 1:
        return "only this element differs"
    if len(extent.shape) == 2 and extent.on_diagonal == extent.count:
        return "only elements of the main diagonal differ"
    if len(extent.shape) == 2 and not extent.on_diagonal and extent.count == size - min(extent.shape):
        return "all but the main diagonal differs"
    return _block(extent, size)


def _block(extent: Extent, size: int) -> str:
    dimensions = len(extent.shape)
    names = ["row", "column"] if dimensions == 2 else [f"index {d + 1}:" for d in range(dimensions)]
    spans = [span for axis, name in enumerate(names) if (span := _span(extent, axis, name))]
    share = f"{extent.count} of {size} elements differ"
    return f"{share}, only in {', '.join(spans)}" if spans else share


def _span(extent: Extent, axis: int, name: str) -> str:
    """`column 1`, `columns 2:4`, `columns 1 3`; empty where the whole axis is touched or places are many."""
    first, last, length = extent.first[axis] + 1, extent.last[axis] + 1, extent.shape[axis]
    if first == last:
        return f"{name} {first}" if length > 1 else ""
    plural = name if name.endswith(":") else f"{name}s"
    along = extent.along(axis)
    if along is not None and along.size <= last - first:
        return f"{plural} {' '.join(str(i + 1) for i in along)}" if along.size <= TOP else ""
    return f"{plural} {first}:{last}" if (first, last) != (1, length) else ""


def _badness(row: Row) -> tuple[int, float, float]:
    if row.ok or row.top:
        return int(not row.ok), row.excess, row.max_abs
    return 2, 0.0, 0.0


def likely_causes(got: Quantities, want: Quantities, inputs: Quantities, found: Comparison) -> list[str]:
    """The causes of the first quantity that differs for a reason known, a line each."""
    from port.reference.causes import diagnose

    for row in found.table:
        if row.verdict in ("differ", "shape"):
            causes = diagnose(want[row.quantity], got[row.quantity], inputs=inputs)[:CAUSES_SHOWN]
            if causes:
                return [f"likely cause, from {row.quantity}:", *(f"  {cause}" for cause in causes)]
    return []
