"""What a condition asks of arguments that a caller may have left out: `nargin < 3`, `~exist('opts', 'var')`."""

from port.migrate.syntax import Binary, Call, Expression, Name, Number, Paren, Text, Unary, walk

_ASKING = frozenset(("exist", "isempty", "isstruct"))
_EITHER, _BOTH = frozenset(("|", "||")), frozenset(("&", "&&"))
_INVERSE = {">=": "<", ">": "<=", "~=": "=="}


def asked(parameters: tuple[str, ...], test: Expression) -> frozenset[str]:
    """The parameters of which a condition asks whether they are there."""
    nodes = list(walk(test))
    if any(isinstance(n, Name) and n.id == "nargin" for n in nodes):
        return frozenset(parameters)
    named = {_name_asked_for(n) for n in nodes if isinstance(n, Call)}
    return frozenset(p for p in parameters if p in named)


def left_out(parameters: tuple[str, ...], test: Expression, *, holds: bool = True) -> frozenset[str]:
    """The parameters that certainly are missing or `[]` where a condition holds, or where it does not."""
    if isinstance(test, Paren):
        return left_out(parameters, test.inner, holds=holds)
    if isinstance(test, Unary) and test.op == "~":
        return left_out(parameters, test.operand, holds=not holds)
    if isinstance(test, Binary) and test.op in _EITHER | _BOTH:
        sides = [left_out(parameters, side, holds=holds) for side in (test.left, test.right)]
        return sides[0] | sides[1] if (test.op in _BOTH) == holds else sides[0] & sides[1]
    if isinstance(test, Binary) and test.left == Name("nargin") and isinstance(test.right, Number):
        return _beyond(parameters, test.op if holds else _INVERSE.get(test.op, ""), test.right.value)
    if isinstance(test, Call) and test.base == Name("isempty" if holds else "exist"):
        return frozenset((_name_asked_for(test),)) & frozenset(parameters)
    return frozenset()


def _beyond(parameters: tuple[str, ...], op: str, count: complex) -> frozenset[str]:
    """The parameters without a value where `nargin op count`."""
    given = {"<": count - 1, "<=": count, "==": count}.get(op)
    return frozenset(parameters[int(given) :]) if isinstance(given, int) and given >= 0 else frozenset()


def _name_asked_for(call: Call) -> str:
    """The variable of `exist('x')` or `isempty(x)`."""
    if not isinstance(call.base, Name) or call.base.id not in _ASKING or not call.arguments:
        return ""
    first = call.arguments[0]
    return first.value if isinstance(first, Text) else first.id if isinstance(first, Name) else ""
