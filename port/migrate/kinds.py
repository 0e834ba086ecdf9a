"""What is known of a value before it exists: class, how Python holds it, rows and columns."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import compress
from operator import is_not

Extent = int | str | None
NUMBERS = frozenset(("double", "single", "logical", "numeric"))


@dataclass(frozen=True, slots=True)
class Kind:
    """The knowledge about one value; the defaults say that nothing is known.

    cls: MATLAB's class, `numeric` for numbers of a class unknown, or `any`.
    rep: `scalar` (a Python or NumPy number), `array` (an ndarray of two or more dimensions, whatever its extents),
         `str`, `list` (a row cell), or `any`.
    rows, cols: extents; a text is an extent of unknown value that has this name.
    whole: a Python int, fit to be a subscript.   real: certainly not complex.   floats: an array of dtype float64.
    two: certainly two dimensions, no more.
    sign: `ge1` (one or more), `pos`, `unit` (0 to 1), `nonneg` or nothing.
    value: the constant, where it is one.   maybe_empty: may still be `[]`.
    several: an array that certainly holds more than one element, whatever its extents.
    upper: for a whole scalar, the name of an extent that it does not exceed.   lower: a bound of it from below.
    """

    cls: str = "any"
    rep: str = "any"
    rows: Extent = None
    cols: Extent = None
    whole: bool = False
    real: bool = True
    floats: bool = False
    two: bool = False
    sign: str = ""
    value: object = None
    several: bool = False
    maybe_empty: bool = False
    maybe_missing: bool = False
    upper: Extent = None
    lower: int | None = None
    source: str = ""

    @property
    def is_scalar(self) -> bool:
        """Certainly one number, held as a scalar."""
        return self.rep == "scalar"

    @property
    def at_least(self) -> int | None:
        """A whole number that a whole scalar is not below."""
        if isinstance(self.value, int):
            return int(self.value)
        return self.lower if self.lower is not None else 1 if self.sign == "ge1" else None

    @property
    def is_array(self) -> bool:
        """Certainly an ndarray of numbers with two or more dimensions."""
        return self.rep == "array"

    @property
    def is_number(self) -> bool:
        return self.cls in NUMBERS

    @property
    def is_odd(self) -> bool:
        """Of a class whose arithmetic is not NumPy's: integers saturate, single wins, text becomes numbers."""
        return self.cls in ("char", "single", "cell", "stored") or self.cls.startswith(("int", "uint"))

    @property
    def one_by_one(self) -> bool:
        """Certainly 1x1, however held."""
        return self.is_scalar or (self.rows == 1 and self.cols == 1)

    @property
    def surely_not_scalar(self) -> bool:
        """Held as an array and, by what is known of its extents, not 1x1: an extent with a name may be 1."""
        return self.is_array and (self.several or beyond_one(self.rows) or beyond_one(self.cols))

    @property
    def surely_not_empty(self) -> bool:
        """One number, or an array of extents that are known and not 0."""
        return self.is_scalar or (
            self.is_array and self.two and bool(self.rows and self.cols) and not self.maybe_empty
        )

    @property
    def is_row(self) -> bool:
        return self.is_array and self.rows == 1

    @property
    def is_column(self) -> bool:
        return self.is_array and self.cols == 1

    def shape_text(self) -> str:
        """`(5, m)`; `?` where an extent is unknown."""
        return f"({_shown(self.rows)}, {_shown(self.cols)})"

    def text(self) -> str:
        """`(25, 401) float64`, `float`, `str`, `struct`; empty where nothing is known."""
        if self.cls in ("any", "numeric"):
            return ""
        name = _DTYPES.get(self.cls, self.cls)
        if self.cls == "double" and not self.real:
            name = "complex128"
        if self.is_scalar:
            return "".join(c for c in name if c.isalpha())
        return f"{self.shape_text()} {name}" if self.is_array else name


def beyond_one(extent: Extent) -> bool:
    """Whether an extent certainly is not 1."""
    return isinstance(extent, int) and extent != 1


_DTYPES = {"double": "float64", "single": "float32", "logical": "bool", "char": "str"}


def _shown(extent: Extent) -> str:
    return "?" if extent is None else str(extent)


ANY = Kind()
MISSING = Kind(maybe_missing=True)
NUMBER = Kind("numeric", "scalar")
DOUBLE = Kind("double", "scalar")
EXTENT = Kind("double", "scalar", 1, 1, whole=True, sign="ge1")
INTEGER = Kind("double", "scalar", 1, 1, whole=True)
LOGICAL = Kind("logical", "scalar", 1, 1)
STR = Kind("char", "str")
CELL = Kind("cell", "any")
ROW_CELL = Kind("cell", "list")
STRUCT = Kind("struct", "any")
HANDLE = Kind("handle", "any")
MATRIX = Kind("numeric", "array")
FLOATS = Kind("double", "array", floats=True)


def array(rows: Extent, cols: Extent, cls: str = "double", floats: bool = True) -> Kind:
    """An array of numbers with these extents."""
    return Kind(cls, "array", rows, cols, floats=floats and cls == "double", two=True)


def constant(value: object) -> Kind:
    """The kind of a literal."""
    if isinstance(value, bool):
        return replace(LOGICAL, value=value)
    if isinstance(value, str):
        return replace(STR, value=value)
    if isinstance(value, int):
        return replace(INTEGER, value=value, sign=_sign(value))
    if isinstance(value, float):
        return Kind("double", "scalar", 1, 1, value=value, sign=_sign(value))
    return Kind("double", "scalar", 1, 1, real=False, value=value)


def _sign(value: float) -> str:
    return "ge1" if value >= 1 else "unit" if value >= 0 else ""


def join(a: Kind, b: Kind) -> Kind:
    """What holds of a value that is either of two kinds."""
    if a == b:
        return a
    empty = a.maybe_empty or b.maybe_empty
    return Kind(
        cls=_same_class(a.cls, b.cls),
        rep=a.rep if a.rep == b.rep else "any",
        rows=a.rows if a.rows == b.rows else None,
        cols=a.cols if a.cols == b.cols else None,
        whole=a.whole and b.whole,
        real=a.real and b.real,
        floats=a.floats and b.floats,
        two=a.two and b.two,
        several=a.surely_not_scalar and b.surely_not_scalar,
        sign=weaker_sign(a.sign, b.sign),
        value=a.value if _same_value(a.value, b.value) else None,
        maybe_empty=empty,
        maybe_missing=a.maybe_missing or b.maybe_missing,
        upper=a.upper if a.upper == b.upper else None,
        lower=_lower(a.at_least, b.at_least),
        source=a.source if a.source == b.source else "",
    )


def _lower(a: int | None, b: int | None) -> int | None:
    """A bound of both; 1 or 0 where they differ, so that a loop comes to an end of lowering it."""
    if a is None or b is None or a == b:
        return a if a == b else None
    return next((bound for bound in (1, 0) if min(a, b) >= bound), None)


def _same_value(a: object, b: object) -> bool:
    return type(a) is type(b) and a == b


def _same_class(a: str, b: str) -> str:
    if a == b:
        return a
    return "numeric" if {a, b} <= NUMBERS else "any"


def weaker_sign(a: str, b: str) -> str:
    """The sign that both have."""
    if a == b:
        return a
    if {a, b} == {"ge1", "pos"}:
        return "pos"
    return "nonneg" if a and b else ""


def refined(known: Kind, observed: Kind) -> Kind:
    """What follows from the source, with the class, the extents and the representation that a run showed."""
    if known.rep not in ("any", "array") or known.cls not in ("any", "numeric", observed.cls) or known.whole:
        return known
    if observed.is_array:
        rows = observed.rows if known.rows is None else known.rows
        cols = observed.cols if known.cols is None else known.cols
        kind = replace(
            known, cls=observed.cls, rep="array", rows=rows, cols=cols, two=True, real=observed.real
        )
        return replace(kind, several=True, maybe_empty=False)
    if known.rep == "array":
        return known
    if observed.is_scalar:
        return replace(known, cls=observed.cls, rows=1, cols=1, real=observed.real)
    return observed if known == replace(ANY, source=known.source) else known


def join_all(kinds: Iterable[Kind]) -> Kind:
    """`join` over several; ANY for none."""
    result: Kind | None = None
    for kind in kinds:
        result = kind if result is None else join(result, kind)
    return result or ANY


Environment = dict[str, Kind]


def join_environments(a: Environment, b: Environment) -> Environment:
    """Both branches' knowledge; a name that one branch lacks may be missing."""
    joined = dict(a)
    for name in compress(b, map(is_not, b.values(), map(a.get, b))):
        one, other = a.get(name), b[name]
        joined[name] = replace(other, maybe_missing=True, value=None) if one is None else join(one, other)
    if len(joined) > len(b):
        for name in a.keys() - b.keys():
            joined[name] = replace(a[name], maybe_missing=True, value=None)
    return joined
