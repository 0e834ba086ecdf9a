"""What the original's statement says, in Python's words: its terms with the port's names, to be tried in a port.

Elementwise terms mean the same in any layout; of a sum along a dimension both axes are tried.
"""

import ast
from collections.abc import Iterator, Mapping
from itertools import product

from port.migrate import syntax
from port.migrate.edits import (
    Change,
    Edit,
    Text,
    after,
    codes_between,
    edit_of,
    expressions,
    is_module,
    names_of,
    statement_at,
)
from port.migrate.match import alike
from port.migrate.parser import parse
from port.migrate.trace import Site

MOST_STATEMENTS, MOST_TERMS, MOST_WAYS = 4, 24, 6
TERM_COST, WHOLE_COST = 3.0, 2.4
OPERATORS = {
    "+": ("+",), "-": ("-",), ".*": ("*",), "./": ("/",), ".^": ("**",), "/": ("/",), "*": ("*", "@"), "^": ("**",),
    "==": ("==",), "~=": ("!=",), "!=": ("!=",), "<": ("<",), "<=": ("<=",), ">": (">",), ">=": (">=",),
}  # fmt: skip
APPLIED = {"minus": "-", "plus": "+", "times": "*", "rdivide": "/", "power": "**"}
FUNCTIONS = {
    name: f"np.{name}"
    for name in "exp log sqrt abs tanh sin cos log2 log10 floor ceil sign isnan log1p expm1 cosh sinh".split()
}
REDUCTIONS = ("sum", "mean", "max", "min", "prod", "std", "var")


def as_original(python: str, line: int, matlab: str, m: Site, names: Mapping[str, str]) -> list[Edit]:
    """Changes of a statement of Python: terms of MATLAB's put in where they are missing, or its whole value.

    m: the statement of MATLAB; what else sets its variable is tried too. names: Python's name for MATLAB's variables.
    """
    tree = ast.parse(python)
    statement = statement_at(tree, line)
    if not isinstance(statement, ast.Assign | ast.AugAssign | ast.Return):
        return []
    known = set(names_of(tree, statement))
    found: list[Change] = []
    for value in values_of(matlab, m):
        words = {name: names.get(name, name) for name in names_in(value)}
        usable = {name: word for name, word in words.items() if word in known} | functions_like(tree, value)
        found += [*whole(statement, value, usable), *terms(statement, value, usable)]
    text = Text(python)
    return [edit_of(text, line, change) for change in found]


def values_of(source: str, site: Site) -> list[syntax.Expression]:
    """What a statement of MATLAB assigns, and what other statements assign to the same variable."""
    file = parse(source)
    nodes = [node for part in (*file.script, *file.functions) for node in syntax.walk(part)]
    sets = [node for node in nodes if isinstance(node, syntax.Assign) and is_set_by(site.name, node)]
    return [
        node.value for node in sorted(sets, key=lambda node: node.span.line != site.line)[:MOST_STATEMENTS]
    ]


def is_set_by(name: str, node: syntax.Assign) -> bool:
    """Whether a statement sets a variable or a part of it."""
    return any(target is not None and syntax.root(target) == name for target in node.targets)


def functions_like(tree: ast.Module, value: syntax.Expression) -> dict[str, str]:
    """The functions that an expression of MATLAB calls and Python calls by the same name: `nnSig(` is `nn_sig`."""
    calls = [
        node for node in ast.walk(tree) if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
    ]
    known = dict.fromkeys(ast.unparse(node.func) for node in calls)
    called = [
        node.base.id
        for node in syntax.walk(value)
        if isinstance(node, syntax.Call) and isinstance(node.base, syntax.Name)
    ]
    return {f"{name}(": word for name in called for word in known if alike(name, word) == 1.0}


def names_in(value: syntax.Expression) -> list[str]:
    return [node.id for node in syntax.walk(value) if isinstance(node, syntax.Name)]


def whole(statement: ast.stmt, value: syntax.Expression, names: Mapping[str, str]) -> Iterator[Change]:
    """MATLAB's right side in place of Python's."""
    place = getattr(statement, "value", None)
    if place is None or isinstance(statement, ast.AugAssign):
        return
    for text in ways(value, names):
        made = ast.parse(ast.unparse(statement)).body[0]
        made.value = ast.parse(text, mode="eval").body  # type: ignore[attr-defined]
        code, what = codes_between(statement, made)
        yield Change(place, text, code, what, WHOLE_COST)


def terms(statement: ast.stmt, value: syntax.Expression, names: Mapping[str, str]) -> Iterator[Change]:
    """A term of MATLAB's put to a part of Python's statement."""
    inner = [
        node for node in syntax.walk(value) if isinstance(node, syntax.Binary | syntax.Call | syntax.Unary)
    ]
    texts = dict.fromkeys(text for node in inner for text in ways(node, names))
    parts = [
        node
        for part in expressions(statement)
        for node in ast.walk(part)
        if isinstance(node, ast.BinOp | ast.Name | ast.Call | ast.UnaryOp) and not is_module(node)
    ]
    missing = [after(sign, text) for text, sign in product(list(texts)[:MOST_TERMS], ("+", "-", "*", "/"))]
    for node, term in product(parts, missing):
        yield Change(node, f"({ast.unparse(node)}) {term}", "P09", f"`{term}` is missing", TERM_COST)


def ways(node: syntax.Node, names: Mapping[str, str]) -> list[str]:
    """An expression of MATLAB in Python, in every way it may be meant; none where it holds what has no plain word."""
    found = list(dict.fromkeys(_ways(node, names)))
    return found[:MOST_WAYS]


def _ways(node: syntax.Node, names: Mapping[str, str]) -> Iterator[str]:
    if isinstance(node, syntax.Number):
        yield repr(node.value)
    elif isinstance(node, syntax.Name):
        yield from [names[node.id]] if node.id in names else []
    elif isinstance(node, syntax.Paren):
        yield from (f"({text})" for text in ways(node.inner, names))
    elif isinstance(node, syntax.Unary) and node.op in "+-":
        yield from (f"{node.op}{text}" for text in ways(node.operand, names))
    elif isinstance(node, syntax.Transpose):
        yield from (f"({text}).T" for text in ways(node.operand, names))
    elif isinstance(node, syntax.Binary):
        for sign, left, right in product(
            OPERATORS.get(node.op, ()), ways(node.left, names), ways(node.right, names)
        ):
            yield f"{left} {sign} {right}"
    elif isinstance(node, syntax.Call) and isinstance(node.base, syntax.Name):
        yield from of_call(node.base.id, node.arguments, names)


def of_call(name: str, arguments: syntax.Row, names: Mapping[str, str]) -> Iterator[str]:
    """A call of a function of its own, an elementwise one, a reduction, or `bsxfun(@minus, a, b)`."""
    if name in FUNCTIONS and len(arguments) == 1:
        yield from (f"{FUNCTIONS[name]}({text})" for text in ways(arguments[0], names))
    elif name in REDUCTIONS and arguments:
        for text in ways(arguments[0], names):
            degrees = ", ddof=1" if name in ("std", "var") else ""
            yield from (f"np.{name}({text}, axis={axis}, keepdims=True{degrees})" for axis in (0, 1))
            yield f"np.{name}({text}{degrees})"
    elif f"{name}(" in names:
        for texts in product(*(ways(argument, names) for argument in arguments)):
            yield f"{names[f'{name}(']}({', '.join(texts)})"
    elif name == "bsxfun" and len(arguments) == 3 and isinstance(arguments[0], syntax.Handle):
        sign = APPLIED.get(arguments[0].name)
        if sign:
            for left, right in product(ways(arguments[1], names), ways(arguments[2], names)):
                yield f"{left} {sign} {right}"
