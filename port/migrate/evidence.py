"""What the use of a parameter says of it: an author who writes `X(:, j)`, `X'` or `size(X, 1)` means an array."""

from port.migrate.kinds import Kind
from port.migrate.syntax import (
    Binary,
    Body,
    Brace,
    Call,
    Colon,
    End,
    Expression,
    Field,
    Name,
    Node,
    Paren,
    Range,
    Text,
    Transpose,
    Unary,
    walk,
    walk_body,
)

_ARITHMETIC = frozenset(("+", "-", "*", "/", ".*", "./", ".^", "^", "\\"))
_CLASS_WORDS = frozenset(
    ("double", "single", "class", "isa", "isinteger", "isfloat", "im2double", "islogical", "intmax")
)
_SIZES = frozenset(("size", "length", "numel", "rows", "columns"))
_ASKED = frozenset(
    (
        "exist",
        "isempty",
        "ischar",
        "iscell",
        "isstruct",
        "isa",
        "isfield",
        "feval",
        "is_function_handle",
        "isnumeric",
    )
)


def array_parameters(parameters: tuple[str, ...], body: Body) -> dict[str, Kind]:
    """The parameters that are used as arrays of numbers and in no other way, with what their use tells.

    They may be made two-dimensional on entry.  That decides no `*`: an array may be called with a scalar.
    """
    used = {n.id for n in walk_body(body) if isinstance(n, Name)}
    if "nargin" in used:
        return {}
    shaped: dict[str, bool] = {}
    numeric: set[str] = set()
    excluded: set[str] = set()
    for node in walk_body(body):
        _shape_evidence(node, shaped)
        numeric |= _numeric_evidence(node)
        excluded |= _other_use(node)
    chosen = [p for p in parameters if p in shaped and p in numeric and p not in excluded]
    return {p: Kind("numeric", "array", two=shaped[p]) for p in chosen}


def stored_parameters(parameters: tuple[str, ...], body: Body) -> frozenset[str]:
    """The parameters whose class the author asks or converts: they need not be doubles."""
    found: set[str] = set()
    for node in walk_body(body):
        if isinstance(node, Call) and isinstance(node.base, Name) and node.base.id in _CLASS_WORDS:
            for argument in node.arguments[:1]:
                found |= _operand(argument)
    return frozenset(found & set(parameters))


def _shape_evidence(node: Node, shaped: dict[str, bool]) -> None:
    """Note a use as an array; True where it certainly is one of two dimensions."""
    if isinstance(node, Transpose) and isinstance(node.operand, Name):
        shaped[node.operand.id] = True
    if not isinstance(node, Call) or not isinstance(node.base, Name):
        return
    if node.base.id in _SIZES and node.arguments and isinstance(node.arguments[0], Name):
        shaped.setdefault(node.arguments[0].id, False)
    sliced = any(
        isinstance(a, Colon | Range) or any(isinstance(n, End) for n in walk(a)) for a in node.arguments
    )
    if sliced and len(node.arguments) <= 2:
        name = node.base.id
        shaped[name] = shaped.get(name, False) or (len(node.arguments) == 2)


def _numeric_evidence(node: Node) -> set[str]:
    """Names that an operator takes, themselves or a part of them."""
    if isinstance(node, Binary) and node.op in _ARITHMETIC:
        return {n for side in (node.left, node.right) for n in _operand(side)}
    return _operand(node.operand) if isinstance(node, Unary) and node.op == "-" else set()


def _operand(node: Expression) -> set[str]:
    while isinstance(node, Paren | Transpose | Call | Unary):
        if isinstance(node, Call):
            node = node.base
        else:
            node = node.inner if isinstance(node, Paren) else node.operand
    return {node.id} if isinstance(node, Name) else set()


def _other_use(node: Node) -> set[str]:
    """Names that are used as cells, structs, texts or handles, or that may be missing."""
    if isinstance(node, Brace | Field) and isinstance(node.base, Name):
        return {node.base.id}
    if isinstance(node, Call) and isinstance(node.base, Name):
        if not node.arguments:
            return {node.base.id}
        if node.base.id in _ASKED:
            return {
                a.id if isinstance(a, Name) else a.value for a in node.arguments if isinstance(a, Name | Text)
            }
    if isinstance(node, Binary) and isinstance(node.right, Text) and isinstance(node.left, Name):
        return {node.left.id}
    return set()
