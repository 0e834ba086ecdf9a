"""Expressions to Python, each with what is known of its value: plain NumPy by evidence, else the runtime."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from port.migrate.kinds import (
    ANY,
    HANDLE,
    LOGICAL,
    ROW_CELL,
    STR,
    Extent,
    Kind,
    array,
    beyond_one,
    constant,
    weaker_sign,
)
from port.migrate.scope import (
    AND,
    ATOM,
    BITAND,
    COMPARE,
    LAMBDA,
    MATPRODUCT,
    NOT,
    OR,
    POSTFIX,
    POWER,
    PRODUCT,
    SIGN,
    SUM,
    Code,
    Scope,
    python_name,
    root_name,
)
from port.migrate.syntax import (
    Binary,
    Brace,
    Call,
    Cell,
    Colon,
    End,
    Expression,
    Field,
    Handle,
    Lambda,
    Matrix,
    Name,
    Number,
    Paren,
    Range,
    Row,
    Text,
    Transpose,
    Unary,
    walk,
)

_ARITHMETIC = {"+": ("plus", SUM), "-": ("minus", SUM), ".*": ("times", PRODUCT), "./": ("rdivide", PRODUCT)}
_COMPARISONS = {"==": "eq", "~=": "ne", "<": "lt", "<=": "le", ">": "gt", ">=": "ge"}


def expression(scope: Scope, node: Expression) -> Code:
    """The Python for an expression."""
    scope.spend()
    return _EMITTERS[type(node)](scope, node)


def text_of(scope: Scope, node: Expression, binding: int = LAMBDA) -> str:
    """The Python text of an expression, fit for a place that binds this tightly."""
    return expression(scope, node).within(binding)


# -- leaves ------------------------------------------------------------------------------------------


def _number(scope: Scope, node: Number) -> Code:
    return literal(node.value)


def literal(value: complex | float | int) -> Code:
    """A numeric literal."""
    if isinstance(value, complex):
        return Code(f"{_float_text(value.imag)}j", ATOM, constant(value))
    text = str(value) if isinstance(value, int) else _float_text(value)
    return Code(text, ATOM if value >= 0 else SIGN, constant(value))


def _float_text(value: float) -> str:
    if value in (float("inf"), float("-inf")):
        return "1e400" if value > 0 else "-1e400"
    return repr(value)


def _text(scope: Scope, node: Text) -> Code:
    return Code(quoted(node.value), ATOM, constant(node.value))


def quoted(value: str) -> str:
    """A Python literal with double quotes where they save escapes, as formatters write it."""
    body = repr(value)
    if body[0] == "'" and '"' not in value:
        inner = body[1:-1].replace("\\'", "'")
        return f'"{inner}"'
    if body[0] == "'" and "'" in value:
        return '"' + body[1:-1].replace("\\'", "'").replace('"', '\\"') + '"'
    return body


def _name(scope: Scope, node: Name) -> Code:
    if node.id in scope.variables:
        return variable(scope, node.id)
    from port.migrate.calls import call_by_name

    return call_by_name(scope, node.id, (), 1, node)


def variable(scope: Scope, name: str) -> Code:
    """A variable's value."""
    kind = scope.env.get(name, ANY)
    scope.uses[name] += 1
    if name in scope.rebased:
        return Code(f"{python_name(name)} + 1", SUM, replace(kind, source=name))
    return Code(scope.render(name), ATOM, replace(kind, source=name), frozenset((name,)))


def _paren(scope: Scope, node: Paren) -> Code:
    inner = expression(scope, node.inner)
    if isinstance(node.inner, Brace | Field) and inner.text.startswith("*"):
        return Code(f"{inner.text[1:]}[0]", POSTFIX)
    return inner


def _colon(scope: Scope, node: Colon) -> Code:
    return Code(scope.module.runtime("COLON"))


def _end(scope: Scope, node: End) -> Code:
    from port.migrate.subscripts import extent_code

    if not scope.ends:
        scope.refuse("`end` stands outside any subscript")
        return Code("0", ATOM, constant(0))
    return extent_code(scope, *scope.ends[-1])


# -- operators ---------------------------------------------------------------------------------------


def _unary(scope: Scope, node: Unary) -> Code:
    operand = expression(scope, node.operand)
    kind = operand.kind
    if node.op == "~":
        return negation(scope, operand)
    if kind.cls == "logical" or scope.is_odd(kind):
        return Code(
            scope.rt(
                "uminus" if node.op == "-" else "plus", *([operand] if node.op == "-" else ["0.0", operand])
            ),
            ATOM,
            _computed(kind),
        )
    if (
        kind.cls in ("any", "numeric")
        and isinstance(_inmost(node.operand), Name | Field | Brace | Call)
        and not kind.floats
    ):
        return Code(
            f"-1 * {operand.within(PRODUCT + 1)}",
            PRODUCT,
            replace(_computed(kind), sign="", value=None, upper=None),
        )
    if node.op == "+":
        return replace(operand, kind=_computed(kind))
    if isinstance(kind.value, int | float):
        return (
            literal(-kind.value)
            if operand.text == literal(kind.value).text
            else Code(f"-{operand.within(SIGN)}", SIGN, constant(-kind.value))
        )
    return Code(f"-{operand.within(SIGN)}", SIGN, replace(_computed(kind), sign="", value=None, upper=None))


def _inmost(node: Expression) -> Expression:
    """What is transposed or put in parentheses."""
    while isinstance(node, Paren | Transpose):
        node = node.inner if isinstance(node, Paren) else node.operand
    return node


def negation(scope: Scope, operand: Code) -> Code:
    """`~x`."""
    kind = operand.kind
    if kind.is_scalar and kind.cls in ("logical", "double", "numeric"):
        return Code(f"not {operand.within(NOT)}", NOT, LOGICAL)
    if kind.is_array and kind.cls == "logical":
        return Code(f"~{operand.within(SIGN)}", SIGN, replace(kind, sign="nonneg", source=""))
    if kind.is_array:
        return Code(scope.np("logical_not", operand), ATOM, array(kind.rows, kind.cols, "logical"))
    return Code(scope.np("logical_not", operand), ATOM, Kind("logical"))


def _computed(kind: Kind) -> Kind:
    """The kind of a number computed from one: double unless of another class, and nobody's variable."""
    cls = kind.cls if kind.cls in ("single", "any") or kind.cls.startswith(("int", "uint")) else "double"
    return replace(kind, cls=cls, source="", maybe_missing=False, floats=kind.floats and cls == "double")


def _transpose(scope: Scope, node: Transpose) -> Code:
    return transposed(scope, expression(scope, node.operand), node.op)


def transposed(scope: Scope, operand: Code, op: str = "'") -> Code:
    """`x'` or `x.'`."""
    kind = operand.kind
    if kind.is_scalar and (kind.real or op == ".'"):
        return operand
    turned = replace(kind, rows=kind.cols, cols=kind.rows, source="", upper=None)
    if kind.is_array:
        turned = replace(turned, two=True)
        conj = "" if kind.real or op == ".'" else ".conj()"
        return Code(f"{operand.within(POSTFIX)}{conj}.T", POSTFIX, turned, operand.shares)
    return Code(
        scope.rt("ctranspose" if op == "'" else "transpose", operand),
        ATOM,
        replace(turned, value=None),
        operand.shares,
    )


def _binary(scope: Scope, node: Binary) -> Code:
    if node.op in ("&&", "||"):
        return _short_circuit(scope, node)
    left, right = expression(scope, node.left), expression(scope, node.right)
    return binary(scope, node.op, left, right)


def binary(scope: Scope, op: str, left: Code, right: Code) -> Code:
    """`left op right`."""
    if op in _COMPARISONS:
        return _comparison(scope, op, left, right)
    if op in ("&", "|"):
        return _logical(scope, op, left, right)
    if op in _ARITHMETIC:
        return _elementwise(scope, op, left, right)
    if op == ".\\":
        return _elementwise(scope, "./", right, left)
    if op == ".^":
        return _power(scope, left, right)
    return _MATRIX_OPERATORS[op](scope, left, right)


def _elementwise(scope: Scope, op: str, left: Code, right: Code) -> Code:
    name, binding = _ARITHMETIC[op]
    a, b = left.kind, right.kind
    kind = elementwise_kind(op, a, b)
    if _clash(a.rows, b.rows) or _clash(a.cols, b.cols):
        _contradicted(scope, op, left, right)
        return Code(scope.rt(name, left, right), ATOM)
    both_logical = a.cls == b.cls == "logical"
    if scope.is_odd(a) or scope.is_odd(b) or both_logical:
        return Code(scope.rt(name, left, right), ATOM, replace(kind, floats=False))
    symbol = op[-1]
    if (
        symbol in "+-"
        and a.whole
        and isinstance(b.value, int)
        and not isinstance(b.value, bool)
        and left.binding == SUM
    ):
        folded = shifted(left, b.value if symbol == "+" else -b.value)
        return replace(folded, kind=kind)
    if symbol == "/" and a.is_scalar and b.whole and b.sign != "ge1" and not b.value:
        return Code(scope.rt(name, left, right), ATOM, kind)
    tighter = binding + 1 if symbol in "-/" or (right.binding == binding and symbol == "*") else binding
    text = f"{left.within(binding)} {symbol} {right.within(max(tighter, binding + 1))}"
    return Code(text, binding, kind)


def _clash(a: Extent, b: Extent) -> bool:
    """Whether two extents certainly do not expand to each other."""
    return isinstance(a, int) and isinstance(b, int) and a != b and 1 not in (a, b)


def elementwise_kind(op: str, a: Kind, b: Kind) -> Kind:
    """The kind of an elementwise operation."""
    cls = _joined_class(a, b)
    rep = "array" if a.is_array or b.is_array else "scalar" if a.is_scalar and b.is_scalar else "any"
    whole = op in ("+", "-", ".*") and a.whole and b.whole
    rows, cols = _expanded(a.rows, b.rows, a, b), _expanded(a.cols, b.cols, a, b)
    sign = _sign(op, a, b)
    upper = None
    if op == "-" and a.upper is not None and b.sign:
        upper = a.upper
    return Kind(
        cls,
        rep,
        rows,
        cols,
        whole,
        a.real and b.real,
        rep == "array" and (_gives_floats(a, b) or op == "./") and not Kind(cls).is_odd,
        (a.two or b.two) and rep == "array",
        sign,
        _folded(op, a, b),
        upper=upper,
        lower=_lower_bound(op, a, b) if whole else None,
        several=rep == "array" and (a.several or b.several),
    )


def _gives_floats(a: Kind, b: Kind) -> bool:
    """Whether NumPy computes in float64: of logical values and whole numbers it makes int64."""
    return a.floats or b.floats or isinstance(a.value, float) or isinstance(b.value, float)


def _lower_bound(op: str, a: Kind, b: Kind) -> int | None:
    """The bound from below of a sum, or of a difference from a number."""
    if op == "-":
        return a.at_least - b.value if a.at_least is not None and isinstance(b.value, int) else None
    if a.at_least is None or b.at_least is None:
        return None
    if op == "+":
        return a.at_least + b.at_least
    return a.at_least * b.at_least if a.at_least >= 0 and b.at_least >= 0 else None


def _joined_class(a: Kind, b: Kind) -> str:
    for kind in (a, b):
        if kind.cls.startswith(("int", "uint")) or kind.cls == "single":
            return kind.cls
    if not (a.is_number and b.is_number):
        return "any"
    return "numeric" if "numeric" in (a.cls, b.cls) else "double"


def _folded(op: str, a: Kind, b: Kind) -> object:
    x, y = a.value, b.value
    if (
        not isinstance(x, int | float)
        or not isinstance(y, int | float)
        or isinstance(x, bool)
        or isinstance(y, bool)
    ):
        return None
    if op in ("./", "/"):
        return x / y if y else None
    return {"+": x + y, "-": x - y, ".*": x * y}.get(op)


def _expanded(a: Extent, b: Extent, left: Kind, right: Kind) -> Extent:
    """The extent after expansion: 1 gives way, what is known of one side holds where the other must agree."""
    if left.one_by_one:
        return b
    if right.one_by_one:
        return a
    if a == 1:
        return b
    if b == 1:
        return a
    if a == b:
        return a
    if isinstance(a, int) and isinstance(b, str):
        return a
    if isinstance(a, str) and isinstance(b, int | str):
        return b if isinstance(b, int) else a
    return a if isinstance(a, int | str) and a != 1 else b if isinstance(b, int | str) and b != 1 else None


def _sign(op: str, a: Kind, b: Kind) -> str:
    """The sign of an elementwise result."""
    if op == "-":
        if a.value == 1 and b.sign == "unit":
            return "unit"
        return "nonneg" if a.whole and a.sign == "ge1" and b.value == 1 else ""
    if not a.sign or not b.sign:
        return ""
    if op == "+":
        return next((s for s in ("ge1", "pos") if s in (a.sign, b.sign)), "nonneg")
    if op in ("./", "/"):
        unit = b.sign == "ge1" and (a.value == 1 or a.sign == "unit")
        return "unit" if unit else "nonneg"
    return a.sign if a.sign == b.sign else "nonneg"


def _power(scope: Scope, left: Code, right: Code) -> Code:
    """`left .^ right`."""
    a, b = left.kind, right.kind
    kind = elementwise_kind(".^", a, b)
    even = isinstance(b.value, int) and b.value % 2 == 0
    kind = replace(kind, sign=a.sign or ("nonneg" if even and a.real else ""), value=None, upper=None)
    plain = (isinstance(b.value, int) and not (a.whole and b.value < 0)) or (bool(a.sign) and a.real)
    fine = all(k.cls in ("double", "any", "numeric") and not scope.is_odd(k) for k in (a, b))
    if fine and plain and (b.value is not None or (a.is_array and a.floats)):
        whole = a.whole and isinstance(b.value, int) and b.value >= 0
        return Code(f"{left.within(POSTFIX)} ** {right.within(SIGN)}", POWER, replace(kind, whole=whole))
    kind = replace(kind, real=kind.real and (a.sign != "" or isinstance(b.value, int)), whole=False)
    return Code(scope.rt("power", left, right), ATOM, kind)


def _times(scope: Scope, left: Code, right: Code) -> Code:
    """`left * right`: a product by a scalar, or of matrices."""
    a, b = left.kind, right.kind
    if a.one_by_one or b.one_by_one:
        return _elementwise(scope, ".*", left, right)
    if _multiply_as_matrices(scope, a, b) and not scope.is_odd(a) and not scope.is_odd(b):
        return _product(scope, left, right)
    scope.decide(f"`*` between {left.text} and {right.text} is left to mtimes", "their shapes are not known")
    kind = Kind(_joined_class(a, b), real=a.real and b.real)
    rows, cols = (extent if beyond_one(extent) else None for extent in (a.rows, b.cols))
    if (rows, cols) != (None, None) and a.is_array and b.is_array:
        kind = replace(kind, rep="array", rows=rows, cols=cols)
    return Code(scope.rt("mtimes", left, right), ATOM, kind)


def _multiply_as_matrices(scope: Scope, a: Kind, b: Kind) -> bool:
    """Whether the product is the matrix product: neither is 1x1, or what they share is as long in both.

    An extent with a name may be 1 in another call; where a run was observed, the variable of that name was not.
    """
    if not (a.is_array and b.is_array):
        return False
    alike = a.cols is not None and a.cols == b.rows
    named = bool(scope.module.facts.get(scope.name))
    return alike or all(k.surely_not_scalar or (named and {k.rows, k.cols} - {1, None}) for k in (a, b))


def _product(scope: Scope, left: Code, right: Code) -> Code:
    a, b = left.kind, right.kind
    if isinstance(a.cols, int) and isinstance(b.rows, int) and a.cols != b.rows:
        _contradicted(scope, "*", left, right)
        return Code(scope.rt("mtimes", left, right), ATOM)
    logical = a.cls == b.cls == "logical"
    kind = array(a.rows, b.cols, _joined_class(a, b), floats=True)
    floats = a.floats or b.floats
    kind = replace(kind, real=a.real and b.real, sign=weaker_sign(a.sign, b.sign), floats=floats)
    scope.decide(
        "`*` is the matrix product `@`", f"{left.text} is {a.shape_text()}, {right.text} is {b.shape_text()}"
    )
    if logical:
        return Code(scope.rt("mtimes", left, right), ATOM, kind)
    text = f"{left.within(MATPRODUCT)} @ {right.within(PRODUCT + 1)}"
    if a.rows == 1 and b.cols == 1:
        return Code(
            f"({text}).item()", POSTFIX, Kind(kind.cls, "scalar", 1, 1, real=kind.real, sign=kind.sign)
        )
    return Code(text, MATPRODUCT, kind)


def _contradicted(scope: Scope, op: str, left: Code, right: Code) -> None:
    """Shapes that do not fit: an error where a run was observed, for that run had no such error."""
    shapes = f"{left.text} is {left.kind.shape_text()}, {right.text} is {right.kind.shape_text()}"
    if scope.module.facts.get(scope.name):
        scope.refuse(
            f"what was observed contradicts what follows from the source at `{op}`: {shapes}; observe again"
        )
    else:
        scope.warn(f"the operands of `{op}` do not fit: {shapes}")


def _divide(scope: Scope, left: Code, right: Code) -> Code:
    """`left / right`."""
    if right.kind.one_by_one:
        return _elementwise(scope, "./", left, right)
    kind = Kind(_joined_class(left.kind, right.kind), real=left.kind.real and right.kind.real)
    return Code(scope.rt("mrdivide", left, right), ATOM, kind)


def _left_divide(scope: Scope, left: Code, right: Code) -> Code:
    r"""`left \ right`."""
    if left.kind.one_by_one:
        return _elementwise(scope, "./", right, left)
    kind = Kind(_joined_class(left.kind, right.kind), real=left.kind.real and right.kind.real)
    return Code(scope.rt("mldivide", left, right), ATOM, kind)


def _matrix_power(scope: Scope, left: Code, right: Code) -> Code:
    """`left ^ right`."""
    if left.kind.one_by_one and right.kind.one_by_one:
        return _power(scope, left, right)
    return Code(
        scope.rt("mpower", left, right), ATOM, Kind(_joined_class(left.kind, right.kind), real=left.kind.real)
    )


_MATRIX_OPERATORS: dict[str, Callable[[Scope, Code, Code], Code]] = {
    "*": _times,
    "/": _divide,
    "\\": _left_divide,
    "^": _matrix_power,
}


def _comparison(scope: Scope, op: str, left: Code, right: Code) -> Code:
    a, b = left.kind, right.kind
    rep = "array" if a.is_array or b.is_array else "scalar" if a.is_scalar and b.is_scalar else "any"
    shape = elementwise_kind("+", a, b)
    kind = Kind("logical", rep, shape.rows, shape.cols, sign="nonneg")
    if "char" in (a.cls, b.cls) or "cell" in (a.cls, b.cls) or not (a.real and b.real):
        return Code(scope.rt(_COMPARISONS[op], left, right), ATOM, kind)
    symbol = "!=" if op == "~=" else op
    return Code(f"{left.within(COMPARE + 1)} {symbol} {right.within(COMPARE + 1)}", COMPARE, kind)


def _logical(scope: Scope, op: str, left: Code, right: Code) -> Code:
    """`&` and `|`."""
    a, b = left.kind, right.kind
    shape = elementwise_kind("+", a, b)
    kind = Kind("logical", shape.rep, shape.rows, shape.cols, sign="nonneg")
    if a.is_scalar and b.is_scalar and a.cls == b.cls == "logical":
        word, binding = ("and", AND) if op == "&" else ("or", OR)
        return Code(f"{left.within(binding)} {word} {right.within(binding + 1)}", binding, kind)
    if a.is_array and b.is_array and a.cls == b.cls == "logical":
        return Code(f"{left.within(BITAND + 1)} {op} {right.within(BITAND + 1)}", BITAND, kind)
    return Code(scope.np("logical_and" if op == "&" else "logical_or", left, right), ATOM, kind)


def _short_circuit(scope: Scope, node: Binary) -> Code:
    """`&&` and `||`: both sides as truth values."""
    word, binding = ("and", AND) if node.op == "&&" else ("or", OR)
    left, right = condition(scope, node.left), condition(scope, node.right)
    chained = isinstance(node.left, Binary) and node.left.op == node.op
    first = left.text if chained and left.binding == binding else left.within(binding + 1)
    return Code(f"{first} {word} {right.within(binding + 1)}", binding, LOGICAL)


def condition(scope: Scope, node: Expression) -> Code:
    """An expression as `if` and `while` take it: true where not empty and no element is zero."""
    if isinstance(node, Paren):
        return condition(scope, node.inner)
    if isinstance(node, Unary) and node.op == "~":
        code = condition(scope, node.operand)
        if code.text.startswith(scope.module.runtime_alias("istrue")) and not code.kind.is_scalar:
            return Code(f"not {code.within(NOT)}", NOT, LOGICAL)
        inner = expression(scope, node.operand)
        if inner.kind.is_scalar or (isinstance(node.operand, Binary) and node.operand.op in ("&&", "||")):
            return _negated(code)
        return truth(scope, expression(scope, node))
    if isinstance(node, Binary) and node.op in ("&", "|"):
        either = expression(scope, node.left), expression(scope, node.right)
        if all(c.kind.is_scalar for c in either):
            return _short_circuit(scope, replace(node, op=node.op * 2))
    return truth(scope, expression(scope, node))


def _negated(code: Code) -> Code:
    if " is not None" in code.text and code.binding == COMPARE:
        return Code(code.text.replace(" is not None", " is None"), COMPARE, LOGICAL)
    return Code(f"not {code.within(NOT)}", NOT, LOGICAL)


def truth(scope: Scope, code: Code) -> Code:
    """A value as a condition."""
    if code.kind.is_scalar:
        return code
    return Code(scope.rt("istrue", code), ATOM, LOGICAL)


# -- ranges, matrices, cells -------------------------------------------------------------------------


def _range(scope: Scope, node: Range) -> Code:
    """A range as a row of doubles."""
    start, stop = expression(scope, node.start), expression(scope, node.stop)
    step = expression(scope, node.step) if node.step is not None else literal(1)
    if start.kind.whole and stop.kind.whole and isinstance(step.kind.value, int) and step.kind.value:
        return _whole_range(scope, start, step.kind.value, stop)
    parts = [start, stop] if node.step is None else [start, step, stop]
    return Code(
        scope.rt("colon", *parts), ATOM, Kind("double", "array", 1, None, floats=False, maybe_empty=True)
    )


def _whole_range(scope: Scope, start: Code, step: int, stop: Code) -> Code:
    beyond = shifted(stop, 1 if step > 0 else -1)
    first = f"{start.text}.0" if isinstance(start.kind.value, int) else start.text
    pieces = [first, beyond.text] + ([str(step)] if step != 1 else [])
    if not isinstance(start.kind.value, int):
        pieces.append("dtype=float")
    count = _range_count(start, step, stop)
    text = f"{scope.np('arange', *pieces)}[{scope.module.np}.newaxis]"
    return Code(
        text,
        POSTFIX,
        Kind(
            "double",
            "array",
            1,
            count,
            floats=True,
            maybe_empty=count is None,
            sign=start.kind.sign if step > 0 else "",
        ),
    )


def _range_count(start: Code, step: int, stop: Code) -> Extent:
    if isinstance(start.kind.value, int) and isinstance(stop.kind.value, int):
        return max(0, (stop.kind.value - start.kind.value) // step + 1)
    return stop.text if start.kind.value == 1 and step == 1 and stop.binding == ATOM else None


def shifted(code: Code, by: int) -> Code:
    """`code + by`, with constants folded into `i + 1`, `i - 1` and numbers."""
    if by == 0:
        return code
    if isinstance(code.kind.value, int) and not isinstance(code.kind.value, bool):
        return literal(code.kind.value + by)
    head, tail = _split_constant(code)
    total = tail + by
    kind = replace(code.kind, value=None, upper=None, source="")
    if total == 0:
        return Code(head, POSTFIX if head.isidentifier() else SUM, kind)
    base = Code(head, SUM if tail else code.binding, kind).within(SUM)
    return Code(f"{base} {'+' if total > 0 else '-'} {abs(total)}", SUM, kind)


def _split_constant(code: Code) -> tuple[str, int]:
    """`a + 2` as ("a", 2)."""
    if code.binding != SUM:
        return code.text, 0
    first, found, rest = code.text.partition(" + ")
    if found and first.isdigit():
        return rest, int(first)
    for sign, factor in ((" + ", 1), (" - ", -1)):
        head, found, tail = code.text.rpartition(sign)
        if found and tail.isdigit() and _balanced(head):
            return head, factor * int(tail)
    return code.text, 0


def _balanced(text: str) -> bool:
    return all(text.count(a) == text.count(b) for a, b in ("()", "[]"))


def items(scope: Scope, row: Row) -> list[Code]:
    """Elements or arguments, comma lists unpacked with `*`."""
    return [item(scope, node) for node in row]


def item(scope: Scope, node: Expression) -> Code:
    """One element or argument; a comma list begins with `*`."""
    if isinstance(node, Brace) and _gives_list(scope, node):
        from port.migrate.folding import REPEATED
        from port.migrate.subscripts import cell_list

        if node.base == Name(REPEATED) and scope.repeats is not None:
            names, count = scope.repeats
            return Code(f"*[{', '.join(python_name(n) for n in names)}][: {text_of(scope, count)}]")

        return Code(f"*{cell_list(scope, node)}")
    return expression(scope, node)


def _gives_list(scope: Scope, node: Brace) -> bool:
    """Whether `c{...}` may be several values: a subscript is `:`, a range or a literal list."""
    return any(isinstance(a, Colon | Range | Matrix) for a in node.arguments) or any(
        expression_kind(scope, node, a).surely_not_scalar for a in node.arguments
    )


def expression_kind(scope: Scope, base: Brace | Call, node: Expression) -> Kind:
    """What is known of a subscript, where that can be told without its base."""
    return scope.env.get(node.id, ANY) if isinstance(node, Name) else ANY


def _matrix(scope: Scope, node: Matrix) -> Code:
    if not node.rows:
        return Code(scope.np("zeros", "(0, 0)"), ATOM, replace(array(0, 0), maybe_empty=True))
    rows = [[_matrix_item(scope, n, len(node.rows) == 1 and len(row) == 1) for n in row] for row in node.rows]
    flat = [c for row in rows for c in row]
    if len(flat) == 1 and not flat[0].text.startswith("*"):
        return flat[0]
    if all(_plain_number(c) for c in flat) and len({len(r) for r in rows}) == 1:
        return _number_matrix(scope, rows)
    if len(rows) == 1 and all(c.kind.rep == "str" for c in flat):
        return _joined_text(flat)
    if len(rows) == 1:
        return _joined(scope, "horzcat", flat)
    joined = [
        _joined(scope, "horzcat", row) if len(row) > 1 or row[0].text.startswith("*") else row[0]
        for row in rows
    ]
    return _joined(scope, "vertcat", joined)


def _matrix_item(scope: Scope, node: Expression, alone: bool) -> Code:
    return (_field_list(scope, node) if alone else None) or item(scope, node)


def _field_list(scope: Scope, node: Expression) -> Code | None:
    """`s.name` as a comma list, where `s` may be an array of structs."""
    if not isinstance(node, Field) or not isinstance(node.name, str):
        return None
    base = expression(scope, node.base)
    if base.kind.cls == "struct" or base.kind.is_number:
        return None
    return Code(f"*{scope.rt('field_items', base, quoted(node.name))}")


def _plain_number(code: Code) -> bool:
    return code.kind.is_scalar and code.kind.cls in ("double", "numeric", "logical") and code.kind.real


def _number_matrix(scope: Scope, rows: list[list[Code]]) -> Code:
    """`np.array` of scalars."""
    flat = [c for row in rows for c in row]
    cls = "logical" if all(c.kind.cls == "logical" for c in flat) else "double"
    literals = all(isinstance(c.kind.value, int | float) and not isinstance(c.kind.value, bool) for c in flat)
    shown = ["[" + ", ".join(_float_literal(c) if literals else c.text for c in row) + "]" for row in rows]
    dtype = "" if literals or cls == "logical" else f", dtype={scope.module.plain('float')}"
    sign = flat[0].kind.sign
    for code in flat:
        sign = weaker_sign(sign, code.kind.sign)
    kind = replace(array(len(rows), len(rows[0]), cls), sign=sign)
    return Code(f"{scope.module.np}.array([{', '.join(shown)}]{dtype})", ATOM, kind)


def _float_literal(code: Code) -> str:
    return (
        f"{code.text}.0"
        if isinstance(code.kind.value, int) and code.text.lstrip("-").isdigit()
        else code.text
    )


def _joined_text(parts: list[Code]) -> Code:
    value = None
    if all(isinstance(p.kind.value, str) for p in parts):
        value = "".join(str(p.kind.value) for p in parts)
        return Code(quoted(value), ATOM, constant(value))
    return Code(" + ".join(p.within(SUM) for p in parts), SUM, STR)


def _joined(scope: Scope, name: str, parts: list[Code]) -> Code:
    """`[a, b]` or `[a; b]`."""
    horizontal = name == "horzcat"
    kind = _joined_kind(parts, horizontal)
    if kind.is_array and all(_stackable(p) for p in parts) and not all(p.kind.one_by_one for p in parts):
        function = "hstack" if horizontal else "vstack"
        texts = [f"[[{p.text}]]" if p.kind.is_scalar else p.text for p in parts]
        return Code(f"{scope.module.np}.{function}([{', '.join(texts)}])", ATOM, kind)
    return Code(scope.rt(name, *parts), ATOM, kind)


def _stackable(code: Code) -> bool:
    """Whether NumPy's stacking takes the part as it is: no `[]` to leave out, no class to convert."""
    kind = code.kind
    return (
        (kind.is_array or kind.is_scalar)
        and kind.cls in ("double", "numeric", "any")
        and not kind.maybe_empty
    )


def _joined_kind(parts: list[Code], horizontal: bool) -> Kind:
    kinds = [p.kind for p in parts]
    if any(p.text.startswith("*") for p in parts):
        return ANY
    if any(k.cls == "cell" for k in kinds):
        return Kind("cell")
    if any(k.cls == "char" for k in kinds):
        return STR if horizontal and all(k.rep == "str" for k in kinds) else Kind("char")
    certain = any(k.is_array and not k.maybe_empty for k in kinds) and all(
        k.is_array or k.is_scalar for k in kinds
    )
    cls = (
        kinds[0].cls
        if len({k.cls for k in kinds}) == 1
        else "double"
        if all(k.cls in ("double", "logical") for k in kinds)
        else "any"
    )
    along = [k.cols if horizontal else k.rows for k in kinds]
    across = [k.rows if horizontal else k.cols for k in kinds]
    other = (
        next((e for e in across if e is not None), None) if not any(k.maybe_empty for k in kinds) else None
    )
    total = _total(along) if not any(k.maybe_empty for k in kinds) else None
    sign = kinds[0].sign
    for k in kinds:
        sign = weaker_sign(sign, k.sign)
    rows, cols = (other, total) if horizontal else (total, other)
    empty = all(k.maybe_empty for k in kinds)
    return Kind(
        cls,
        "array" if certain else "any",
        rows,
        cols,
        real=all(k.real for k in kinds),
        floats=certain and cls == "double" and any(k.floats for k in kinds),
        sign=sign,
        maybe_empty=empty,
    )


def _total(extents: list[Extent]) -> Extent:
    """The sum of extents as an extent: a number, or a text as `n + 1`."""
    if any(e is None for e in extents):
        return None
    number = sum(e for e in extents if isinstance(e, int))
    names = [e for e in extents if isinstance(e, str)]
    return number if not names else " + ".join([*names, *([str(number)] if number else [])])


def _cell(scope: Scope, node: Cell) -> Code:
    if not node.rows:
        return Code("[]", ATOM, replace(ROW_CELL, maybe_empty=True))
    rows = [[cell_item(scope, n) for n in row] for row in node.rows]
    if len(rows) == 1:
        return Code(f"[{', '.join(rows[0])}]", ATOM, ROW_CELL)
    if all(len(row) == 1 and _is_struct(scope, row[0]) for row in node.rows):
        scope.decide(
            "a column of structs is kept as a list", "NumPy could not tell it from an array of structs"
        )
        return Code(f"[{', '.join(row[0] for row in rows)}]", ATOM, ROW_CELL)
    if len({len(r) for r in rows}) == 1 and not any(t.startswith("*") for r in rows for t in r):
        listed = ", ".join(rows[i][j] for j in range(len(rows[0])) for i in range(len(rows)))
        shape = f"({len(rows)}, {len(rows[0])})"
        return Code(
            scope.rt("cell_array", f"[{listed}]", shape), ATOM, Kind("cell", "any", len(rows), len(rows[0]))
        )
    return Code(scope.rt("vertcat", *[f"[{', '.join(r)}]" for r in rows]), ATOM, Kind("cell"))


def _is_struct(scope: Scope, node: Expression) -> bool:
    """Whether an expression certainly is one struct."""
    called = isinstance(node, Call) and node.base == Name("struct")
    return called or expression(scope, node).kind.cls == "struct"


def cell_item(scope: Scope, node: Expression) -> str:
    """An item of a cell literal, a copy where it would share a variable's memory."""
    code = _field_list(scope, node) or item(scope, node)
    return code.text if code.text.startswith("*") else owned(scope, code, f"{scope.target}{{}}").text


def owned(scope: Scope, code: Code, target: str) -> Code:
    """A value to be kept: a copy where a later change of one of its names would show through the other."""
    kind = code.kind
    if not code.shares or kind.is_scalar or kind.rep == "str" or kind.cls in ("handle", "char"):
        return code
    name, roots = root_name(target), {root_name(path) for path in code.shares}
    changed = scope.changes(target) or any(scope.changes(path) for path in code.shares)
    outlives = scope.shared | scope.persistent
    leaves = name in scope.outputs and roots & {*scope.parameters, *outlives}
    if not changed and not leaves and name not in outlives and not roots & outlives:
        return code
    if kind.is_array:
        return Code(f"{code.within(POSTFIX)}.copy()", POSTFIX, replace(kind, source=""))
    return Code(scope.rt("copied", code), ATOM, replace(kind, source=""))


# -- handles -----------------------------------------------------------------------------------------


def _handle(scope: Scope, node: Handle) -> Code:
    from port.migrate.calls import function_value

    return function_value(scope, node.name)


def _lambda(scope: Scope, node: Lambda) -> Code:
    """An anonymous function; what it captures is captured now, as MATLAB does."""
    parameters, body, captures = lambda_parts(scope, node)
    head = f"lambda {signature_text(parameters, captures)}".rstrip()
    return Code(f"{head}: {body.within(LAMBDA)}", LAMBDA, HANDLE)


def signature_text(parameters: tuple[str, ...], captures: list[str]) -> str:
    """The parameters of a lambda: captured values behind the rest, by keyword."""
    shown = [f"*{p}" if p == "varargin" else python_name(p) for p in parameters]
    star = [] if not captures or "varargin" in parameters else ["*"]
    return ", ".join([*shown, *star, *captures])


def lambda_parts(scope: Scope, node: Lambda) -> tuple[tuple[str, ...], Code, list[str]]:
    """Parameters, body and captures of an anonymous function."""
    from port.migrate.calls import tail_call

    outer_env, outer_vars, outer_rebased = scope.env, scope.variables, scope.rebased
    scope.env = {**outer_env, **{p: ROW_CELL if p == "varargin" else ANY for p in node.parameters}}
    scope.variables = outer_vars | set(node.parameters)
    scope.rebased = outer_rebased - set(node.parameters)
    used = {n.id for n in walk(node.body) if isinstance(n, Name)} & outer_vars - set(node.parameters)
    changing = sorted(used & (scope.reassigned | scope.mutated) - scope.shared - scope.persistent)
    try:
        body = tail_call(scope, node.body)
    finally:
        scope.env, scope.variables, scope.rebased = outer_env, outer_vars, outer_rebased
    body = _kept_apart(scope, body) if isinstance(_inmost(node.body), Name) else body
    return node.parameters, body, [_capture(scope, name) for name in changing]


def _kept_apart(scope: Scope, body: Code) -> Code:
    """What an anonymous function gives, where that is a variable: a copy of what it captured or was given."""
    if (
        not body.shares
        or body.kind.is_scalar
        or body.kind.rep == "str"
        or body.kind.cls in ("handle", "char")
    ):
        return body
    return Code(scope.rt("copied", body), ATOM, replace(body.kind, source=""))


def _capture(scope: Scope, name: str) -> str:
    """`x=x`, with a copy where the variable changes in place."""
    text = python_name(name)
    needs_copy = name in scope.mutated and not scope.env.get(name, ANY).is_scalar
    return f"{text}={scope.rt('copied', text)}" if needs_copy else f"{text}={text}"


def _call(scope: Scope, node: Call) -> Code:
    from port.migrate.calls import call

    return call(scope, node, 1)


def _brace(scope: Scope, node: Brace) -> Code:
    from port.migrate.subscripts import cell_element

    return cell_element(scope, node)


def _field(scope: Scope, node: Field) -> Code:
    base = expression(scope, node.base)
    return field_code(scope, base, node.name)


def field_code(scope: Scope, base: Code, name: str | Expression) -> Code:
    """`base.name`."""
    import keyword

    if not isinstance(name, str):
        return Code(
            f"{scope.module.plain('getattr')}({base.text}, {text_of(scope, name)})", ATOM, ANY, base.shares
        )
    if keyword.iskeyword(name):
        shares = frozenset(f"{p}.{name}" for p in base.shares)
        return Code(f"{scope.module.plain('getattr')}({base.text}, {quoted(name)})", ATOM, ANY, shares)
    path = f"{base.kind.source}.{name}" if base.kind.source else ""
    kind = replace(scope.env.get(path, ANY), source=path)
    return Code(
        f"{base.within(POSTFIX)}.{name}", POSTFIX, kind, frozenset(f"{p}.{name}" for p in base.shares)
    )


_EMITTERS: dict[type[Expression], Callable[[Scope, Any], Code]] = {
    Number: _number,
    Text: _text,
    Name: _name,
    Paren: _paren,
    Colon: _colon,
    End: _end,
    Unary: _unary,
    Transpose: _transpose,
    Binary: _binary,
    Range: _range,
    Matrix: _matrix,
    Cell: _cell,
    Lambda: _lambda,
    Handle: _handle,
    Call: _call,
    Brace: _brace,
    Field: _field,
}
