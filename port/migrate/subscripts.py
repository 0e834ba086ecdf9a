"""`x(i, j)`, `c{i}` and what `end` means in them: plain NumPy where the base is known, else the runtime."""

from dataclasses import dataclass, replace

from port.migrate.expressions import expression, item, literal, shifted
from port.migrate.kinds import ANY, EXTENT, Extent, Kind, array
from port.migrate.scope import ATOM, POSTFIX, Code, Scope
from port.migrate.syntax import Binary, Brace, Colon, End, Expression, Name, Number, Range, Row, walk


def extent_code(scope: Scope, base: Code, position: int, count: int) -> Code:
    """What `end` means."""
    kind = base.kind
    if kind.is_array and count == 2:
        extent = kind.rows if position == 1 else kind.cols
        if isinstance(extent, int):
            return literal(extent)
        return Code(f"{base.within(POSTFIX)}.shape[{position - 1}]", POSTFIX, replace(EXTENT, upper=extent))
    if kind.is_array and count == 1:
        extent = kind.cols if kind.rows == 1 else kind.rows if kind.cols == 1 else None
        return Code(f"{base.within(POSTFIX)}.size", POSTFIX, replace(EXTENT, upper=extent))
    if kind.rep in ("list", "str") and count == 1:
        return Code(f"{scope.module.plain('len')}({base.text})", ATOM, replace(EXTENT))
    parts = [base.text] if count == 1 else [base.text, str(position), str(count)]
    return Code(scope.rt("last", *parts), ATOM, replace(EXTENT))


@dataclass(frozen=True, slots=True)
class Place:
    """One subscript: `all` (`:`), `one` (a 0-based whole number), `slice` (`low:high`), or `other` (1-based, any)."""

    form: str
    text: str
    kind: Kind = ANY
    count: Extent = None
    safe: bool = False


def places(scope: Scope, base: Code, arguments: Row) -> list[Place]:
    """The subscripts of a base."""
    found: list[Place] = []
    for position, node in enumerate(arguments, 1):
        with scope.end_means(base, position, len(arguments)):
            found.append(_place(scope, base, node, position, len(arguments)))
    return found


def _place(scope: Scope, base: Code, node: Expression, position: int, count: int) -> Place:
    if isinstance(node, Colon):
        return Place("all", ":", count=_extent(base.kind, position, count), safe=True)
    if isinstance(node, Range):
        sliced = _slice(scope, base, node, position, count)
        if sliced is not None:
            return sliced
    code = item(scope, node)
    if code.kind.whole and code.kind.is_scalar:
        if isinstance(node, End):
            return Place("one", "-1", code.kind, 1, safe=True)
        extent = _extent(base.kind, position, count)
        if (code.kind.at_least or 0) < 1:
            return Place("other", code.text, code.kind)
        return Place("one", shifted(code, -1).text, code.kind, 1, safe=_within(code.kind, extent))
    return Place("other", code.text, code.kind)


def _extent(kind: Kind, position: int, count: int) -> Extent:
    """The extent that a subscript runs over, where it is known."""
    if not kind.is_array:
        return None
    if count == 2:
        return kind.rows if position == 1 else kind.cols
    if count == 1 and kind.rows == 1:
        return kind.cols
    return kind.rows if count == 1 and kind.cols == 1 else None


def _within(kind: Kind, extent: Extent) -> bool:
    """Whether a subscript certainly lies within an extent."""
    if isinstance(kind.value, int) and isinstance(extent, int):
        return 1 <= kind.value <= extent
    return extent is not None and kind.upper == extent


def _slice(scope: Scope, base: Code, node: Range, position: int, count: int) -> Place | None:
    """A range subscript with whole ends as a slice; None where it is none."""
    start, stop = expression(scope, node.start), expression(scope, node.stop)
    step = expression(scope, node.step) if node.step is not None else literal(1)
    by = step.kind.value
    if not (_countable(start) and _countable(stop) and isinstance(by, int) and by):
        return None
    to_end = isinstance(node.stop, End)
    if by < 0:
        return _backwards(node, start, by)
    low = "" if start.kind.value == 1 else _int_text(scope, shifted(start, -1))
    high = "" if to_end else _int_text(scope, stop)
    if not to_end and isinstance(stop.kind.value, int):
        high = str(max(stop.kind.value, 0))
    elif not to_end and not stop.kind.sign and (stop.kind.whole or " - " in stop.text):
        high = f"{scope.module.plain('max')}({high}, 0)"
    tail = f":{step.text}" if by != 1 else ""
    text = f"{low}{_colon_between(low, high)}{high}{tail}"
    extent = _extent(base.kind, position, count)
    return Place(
        "slice",
        text,
        count=_count(start, by, stop, extent if to_end else None),
        safe=to_end or _within(stop.kind, extent),
    )


def _countable(code: Code) -> bool:
    """Whether a value is one real number: a bound of a range that subscripts, it must be whole."""
    kind = code.kind
    return kind.whole or (kind.is_scalar and kind.cls == "double" and kind.real)


def _int_text(scope: Scope, code: Code) -> str:
    return code.text if code.kind.whole else f"{scope.module.plain('int')}({code.text})"


def _colon_between(low: str, high: str) -> str:
    """Formatters put blanks around the colon where an end is an expression."""
    simple = all(part.isalnum() or part.isidentifier() or not part for part in (low, high))
    if simple:
        return ":"
    return (" " if low else "") + ":" + (" " if high else "")


def _backwards(node: Range, start: Code, by: int) -> Place | None:
    """`end:-1:1` is `::-1`."""
    if (
        isinstance(node.start, End)
        and isinstance(node.stop, Expression)
        and getattr(node.stop, "value", None) == 1
        and by == -1
    ):
        return Place("slice", "::-1", safe=True)
    return None


def _count(start: Code, by: int, stop: Code, extent: Extent) -> Extent:
    """How many a slice selects."""
    first, last = start.kind.value, stop.kind.value
    if isinstance(extent, int):
        last = extent
    if isinstance(first, int) and isinstance(last, int):
        return max(0, (last - first) // by + 1)
    if first == 1 and by == 1:
        return (
            extent
            if extent is not None
            else stop.kind.upper
            if stop.kind.source == stop.kind.upper
            else stop.text
            if stop.text.isidentifier()
            else None
        )
    return None


def element(scope: Scope, base: Code, arguments: Row) -> Code:
    """`base(arguments)` as a value."""
    if not arguments:
        return base
    if base.kind.rep == "str" or base.kind.cls in ("cell", "struct", "handle", "char"):
        return _by_runtime(scope, base, arguments)
    found = places(scope, base, arguments)
    if base.kind.is_array:
        plain = (
            _plain_pair(base, found)
            if len(found) == 2
            else _plain_single(scope, base, found[0])
            if len(found) == 1
            else None
        )
        if plain is not None:
            note_subscripts(scope, arguments)
            return plain
    return _by_runtime(scope, base, arguments)


def note_subscripts(scope: Scope, arguments: Row) -> None:
    """Count the variables that served as 0-based subscripts, as `i` or `i + 1`."""
    for node in arguments:
        counter = node.left if isinstance(node, Binary) and isinstance(node.right, Number) else node
        if isinstance(counter, Name):
            scope.subscript_uses[counter.id] += 1


def _by_runtime(scope: Scope, base: Code, arguments: Row) -> Code:
    """`index(x, i, j)`, with MATLAB's 1-based subscripts."""
    texts = runtime_subscripts(scope, base, arguments)
    scalar = (
        len(arguments) > 0
        and base.kind.is_number
        and all(_is_one(scope, base, a, n, len(arguments)) for n, a in enumerate(arguments, 1))
    )
    kind = base.kind
    if scalar:
        result = Kind(kind.cls, "scalar", 1, 1, real=kind.real, sign=kind.sign)
    elif kind.cls in ("double", "single", "logical", "numeric"):
        result = Kind(kind.cls, "any", real=kind.real, sign=kind.sign)
    else:
        result = Kind(kind.cls if kind.is_odd else "any")
    return Code(scope.rt("index", base, *texts), ATOM, result, base.shares)


def _is_one(scope: Scope, base: Code, node: Expression, position: int, count: int) -> bool:
    if isinstance(node, Colon | Range):
        return False
    with scope.end_means(base, position, count):
        kind = expression(scope, node).kind
    return kind.is_scalar and kind.cls != "logical"


def runtime_subscripts(scope: Scope, base: Code, arguments: Row) -> list[str]:
    """Subscripts as runtime functions take them."""
    texts: list[str] = []
    for position, node in enumerate(arguments, 1):
        with scope.end_means(base, position, len(arguments)):
            texts.append(_range_text(scope, node) if isinstance(node, Range) else item(scope, node).text)
    return texts


def _range_text(scope: Scope, node: Range) -> str:
    """A range as subscript of a runtime function."""
    parts = [node.start, node.stop] if node.step is None else [node.start, node.step, node.stop]
    return scope.rt("colon", *[expression(scope, part) for part in parts])


def _plain_pair(base: Code, found: list[Place]) -> Code | None:
    """`x[i, j]` for a matrix."""
    row, col = found
    if "other" in (row.form, col.form):
        return None
    kind, head = base.kind, base.within(POSTFIX)
    if row.form == col.form == "one":
        return Code(
            f"{head}[{row.text}, {col.text}]",
            POSTFIX,
            Kind(kind.cls, "scalar", 1, 1, real=kind.real, sign=kind.sign),
        )
    first = f"[{row.text}]" if row.form == "one" else row.text
    second = f"[{col.text}]" if col.form == "one" else col.text
    inside = first if second == ":" and col.form == "all" and row.form != "all" else f"{first}, {second}"
    if row.form == "all" and col.form == "all":
        inside = ":"
    shares = frozenset() if "one" in (row.form, col.form) else base.shares
    result = replace(array(row.count, col.count, kind.cls, kind.floats), real=kind.real, sign=kind.sign)
    return Code(f"{head}[{inside}]", POSTFIX, result, shares)


def _plain_single(scope: Scope, base: Code, place: Place) -> Code | None:
    """`x[0, i]`, `x[i, 0]` or a slice of a vector; `x(:)`."""
    kind, head = base.kind, base.within(POSTFIX)
    if place.form == "all":
        if kind.is_column:
            return base
        total = (
            kind.cols
            if kind.rows == 1
            else kind.rows * kind.cols
            if isinstance(kind.rows, int) and isinstance(kind.cols, int)
            else None
        )
        result = replace(array(total, 1, kind.cls, kind.floats), real=kind.real, sign=kind.sign)
        return Code(f'{head}.reshape(-1, 1, order="F")', POSTFIX, result, base.shares)
    if place.form == "other" or not (kind.is_row or kind.is_column) or (kind.rows == 1 and kind.cols == 1):
        return None
    if place.form == "one":
        scalar = Kind(kind.cls, "scalar", 1, 1, real=kind.real, sign=kind.sign)
        return Code(
            f"{head}[0, {place.text}]" if kind.is_row else f"{head}[{place.text}, 0]", POSTFIX, scalar
        )
    rows, cols = (1, place.count) if kind.is_row else (place.count, 1)
    result = replace(array(rows, cols, kind.cls, kind.floats), real=kind.real, sign=kind.sign)
    return Code(
        f"{head}[:, {place.text}]" if kind.is_row else f"{head}[{place.text}]", POSTFIX, result, base.shares
    )


# -- cells -------------------------------------------------------------------------------------------


def cell_element(scope: Scope, node: Brace) -> Code:
    """`c{i}` as one value."""
    base = expression(scope, node.base)
    source = f"{base.kind.source}{{}}" if base.kind.source else ""
    kind = replace(scope.env.get(source, ANY), source=source)
    shares = frozenset(f"{path}{{}}" for path in base.shares)
    if any(isinstance(a, Colon | Range) for a in node.arguments):
        return Code(
            f"{scope.rt('cell_items', base, *runtime_subscripts(scope, base, node.arguments))}[0]",
            POSTFIX,
            ANY,
            base.shares,
        )
    if base.kind.rep == "list" and len(node.arguments) == 1:
        place = places(scope, base, node.arguments)[0]
        if place.form == "one":
            return Code(f"{base.within(POSTFIX)}[{place.text}]", POSTFIX, kind, shares)
    texts = runtime_subscripts(scope, base, node.arguments)
    return Code(scope.rt("cell_get", base, *texts), ATOM, kind, shares)


def cell_list(scope: Scope, node: Brace) -> str:
    """`c{:}` as a list of values."""
    base = expression(scope, node.base)
    if base.kind.rep == "list" and len(node.arguments) == 1:
        place = places(scope, base, node.arguments)[0]
        if place.form == "all":
            return base.within(POSTFIX)
        if place.form == "slice":
            return f"{base.within(POSTFIX)}[{place.text}]"
    return scope.rt("cell_items", base, *runtime_subscripts(scope, base, node.arguments))


def uses_end(arguments: Row) -> bool:
    """Whether `end` stands in one of the subscripts (and not in a deeper subscript of a variable)."""
    return any(isinstance(n, End) for a in arguments for n in walk(a))


def grows_by_end(arguments: Row) -> bool:
    """Whether a subscript lies beyond `end`."""
    return any(not isinstance(a, End | Range | Colon | Name) and uses_end((a,)) for a in arguments)
