"""Change one statement of a Python program as a porter would get it wrong.

A mutation keeps the number of lines. `codes` are the causes that a diagnosis may rightly name; what a change means is
not always one thing: on a square matrix a transpose is a reshape.
"""

import ast
import random
from collections.abc import Iterator
from dataclasses import dataclass

ANY_FACTOR = frozenset(("S01", "S02", "S03", "S04", "P04", "P08", "P01"))


@dataclass(frozen=True)
class Mutation:
    """A changed program: the line of the statement that was changed, and what was done to it."""

    kind: str
    line: int
    codes: frozenset[str]
    before: str
    after: str
    source: str


def mutations(source: str, seed: int = 0) -> list[Mutation]:
    """Every mutation of a program, in an order that depends on the seed alone."""
    tree = ast.parse(source)
    found = []
    for statement in statements(tree):
        for node in own_expressions(statement):
            for kind, codes, after in changes(node, statement, tree):
                codes = codes | counted(node, statement)
                made = replaced(source, node, after)
                if made != source and is_python(made):
                    before = ast.get_source_segment(source, node) or ""
                    found.append(Mutation(kind, statement.lineno, frozenset(codes), before, after, made))
    random.Random(seed).shuffle(found)
    return found


def is_python(source: str) -> bool:
    try:
        ast.parse(source)
    except SyntaxError:
        return False
    return True


def statements(tree: ast.AST) -> Iterator[ast.stmt]:
    """The statements inside functions and scripts that compute something."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign | ast.AugAssign | ast.Return | ast.For | ast.If | ast.While):
            yield node


def own_expressions(statement: ast.stmt) -> Iterator[ast.expr]:
    """The expressions of a statement that are read, without those of the statements in its body."""
    heads = {ast.For: "iter", ast.If: "test", ast.While: "test"}
    part = getattr(statement, heads.get(type(statement), "value"), None)
    parts = [part] if part is not None else []
    if isinstance(statement, ast.Assign):
        parts += [t.slice for t in statement.targets if isinstance(t, ast.Subscript)]
    for item in parts:
        for node in ast.walk(item):
            if isinstance(node, ast.expr):
                yield node


def counted(node: ast.expr, statement: ast.stmt) -> set[str]:
    """The causes that any change inside a subscript or a range may be called by: it is a matter of counting."""
    for outer in own_expressions(statement):
        if isinstance(outer, ast.Subscript) and node in ast.walk(outer.slice):
            return {"I01", "I02", "I03"}
        if isinstance(outer, ast.Call) and called(outer) in ("range", "arange", "linspace", "colon"):
            if any(node in ast.walk(item) for item in outer.args):
                return {"I01", "I02", "I07"}
    return set()


def called(node: ast.Call) -> str:
    """The last part of the name that is called."""
    return node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")


def replaced(source: str, node: ast.expr, after: str) -> str:
    """The source with an expression replaced."""
    lines = source.encode().splitlines(keepends=True)
    start = sum(map(len, lines[: node.lineno - 1])) + node.col_offset
    end = sum(map(len, lines[: node.end_lineno - 1])) + node.end_col_offset
    data = source.encode()
    breaks = data[start:end].count(b"\n")
    is_slice = isinstance(node, ast.Slice) or (":" in after and after.startswith("#slice "))
    text = after.removeprefix("#slice ").encode() if is_slice else f"({after}{chr(10) * breaks})".encode()
    return (data[:start] + text + data[end:]).decode()


def changes(node: ast.expr, statement: ast.stmt, tree: ast.Module) -> Iterator[tuple[str, set[str], str]]:
    """What can be done to one expression: kind, rightful causes, the new text."""
    text = ast.unparse(node)
    if isinstance(node, ast.BinOp):
        yield from of_operator(node, statement)
    if isinstance(node, ast.Attribute) and node.attr == "T":
        yield (
            "transpose dropped",
            {"L01", "L02", "L03", "L04", "M05", "M06", "L10", "M04"},
            ast.unparse(node.value),
        )
    if isinstance(node, ast.Call):
        yield from of_call(node)
    if isinstance(node, ast.Subscript):
        yield from of_subscript(node)
    if isinstance(node, ast.Compare) and len(node.ops) == 1:
        yield from of_comparison(node)
    if (
        isinstance(node, ast.Constant)
        and isinstance(node.value, int | float)
        and not isinstance(node.value, bool)
    ):
        if isinstance(node.value, float) or node.value > 2:
            yield "constant", ANY_FACTOR | {"I07", "I01", "I02", "I03"}, repr(node.value * 2)
    if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load):
        yield from of_name(node, statement, tree)
    if (
        node is getattr(statement, "value", None)
        and isinstance(node, ast.BinOp | ast.Call)
        and not isinstance(statement, ast.Return)
    ):
        yield "factor", ANY_FACTOR, f"2 * ({text})"
        yield "sign", {"N01", "N02", "P01", "P04"}, f"-({text})"


SYMBOLS = {ast.Add: "+", ast.Sub: "-", ast.Mult: "*", ast.Div: "/", ast.MatMult: "@", ast.Pow: "**"}


def of_operator(node: ast.BinOp, statement: ast.stmt) -> Iterator[tuple[str, set[str], str]]:
    left, right = f"({ast.unparse(node.left)})", f"({ast.unparse(node.right)})"
    swaps = {
        "+": [("-", {"P01", "N01", "N02"})],
        "-": [("+", {"P01", "N01", "N02"})],
        "*": [("/", {"P01"}), ("@", {"M01", "M05", "P01"})],
        "/": [("*", {"P01", "S01", "S02", "S04"})],
        "@": [("*", {"M01", "M05", "M06", "L09", "P01"})],
        "**": [("*", {"P01", "M02"})],
    }
    old = SYMBOLS.get(type(node.op), "")
    for new, codes in swaps.get(old, ()):
        yield f"operator {old} to {new}", codes, f"{left} {new} {right}"
    if old in ("*", "+", "-", "/"):
        offset = {"I03", "I04"} if isinstance(node.right, ast.Constant) and node.right.value == 1 else set()
        yield "term dropped", offset | {"N07", "N03", "N06", "S01", "S04", "S03", "P09", "N05"}, left


def of_call(node: ast.Call) -> Iterator[tuple[str, set[str], str]]:
    name = called(node)
    keywords = {item.arg: item for item in node.keywords}
    axes = {f"A{i:02d}" for i in range(1, 12)} | {"L09", "L01", "L02"}
    if "axis" in keywords and isinstance(keywords["axis"].value, ast.Constant):
        value = keywords["axis"].value.value
        if value in (0, 1):
            yield "axis", axes, with_keyword(node, "axis", str(1 - value))
        yield "axis dropped", axes, with_keyword(node, "axis", None)
    if "keepdims" in keywords:
        yield "keepdims dropped", axes | {"M06", "M07", "M05"}, with_keyword(node, "keepdims", None)
    if "order" in keywords:
        yield "order dropped", {"L03", "L04", "L05", "L06", "L01", "L02"}, with_keyword(node, "order", None)
    if (
        name in ("ravel", "reshape", "flatten")
        and "order" not in keywords
        and node.args
        and any(isinstance(item, ast.Constant) and item.value == "F" for item in node.args)
    ):
        kept = [
            ast.unparse(item)
            for item in node.args
            if not (isinstance(item, ast.Constant) and item.value == "F")
        ]
        yield (
            "order dropped",
            {"L03", "L04", "L05", "L06", "L01", "L02"},
            f"{ast.unparse(node.func)}({', '.join(kept)})",
        )
    if name in ("std", "var"):
        old = ast.unparse(keywords["ddof"].value) if "ddof" in keywords else "0"
        yield "ddof", {"S05", "S06", "S07"}, with_keyword(node, "ddof", "0" if old == "1" else "1")
    if name == "range":
        yield from of_range(node)
    if name in FUNCTIONS and isinstance(node.func, ast.Attribute):
        new, codes = FUNCTIONS[name]
        if not (new == "expm1" and not is_numpy(node.func)):
            yield (
                f"{name} to {new}",
                codes,
                ast.unparse(
                    ast.Call(ast.Attribute(node.func.value, new, ast.Load()), node.args, node.keywords)
                ),
            )
    if name == "copy" and isinstance(node.func, ast.Attribute) and not node.args:
        yield "copy dropped", {"F17", "N09", "P03"}, ast.unparse(node.func.value)


MEANS = {"S01", "S02", "S04", "P05"}
FUNCTIONS: dict[str, tuple[str, set[str]]] = {
    "log": ("log2", {"S08", "P05"}),
    "sum": ("mean", MEANS),
    "mean": ("sum", MEANS),
    "max": ("min", {"P05", "A02"}),
    "argmax": ("argmin", {"P05"}),
    "exp": ("expm1", {"P05"}),
    "zeros": ("ones", {"P05"}),
    "sqrt": ("square", {"P05"}),
    "maximum": ("minimum", {"P05"}),
    "tanh": ("sin", {"P05"}),
    "floor": ("ceil", {"P05"}),
}


def is_numpy(function: ast.Attribute) -> bool:
    return isinstance(function.value, ast.Name) and function.value.id == "np"


def of_range(node: ast.Call) -> Iterator[tuple[str, set[str], str]]:
    codes = {"I07", "I06", "I02", "N10"}
    arguments = [ast.unparse(item) for item in node.args]
    if len(arguments) == 1:
        yield "loop bound", codes, f"range(1, {arguments[0]})"
        yield "loop bound", codes, f"range({arguments[0]} - 1)"
    elif len(arguments) == 2:
        yield "loop bound", codes, f"range({arguments[0]}, {arguments[1]} - 1)"
        yield "loop bound", codes, f"range({arguments[0]} + 1, {arguments[1]})"


def with_keyword(node: ast.Call, name: str, value: str | None) -> str:
    parts = [ast.unparse(item) for item in node.args]
    parts += [f"{item.arg}={ast.unparse(item.value)}" for item in node.keywords if item.arg != name]
    return f"{ast.unparse(node.func)}({', '.join(parts + ([] if value is None else [f'{name}={value}']))})"


def of_subscript(node: ast.Subscript) -> Iterator[tuple[str, set[str], str]]:
    if not isinstance(node.ctx, ast.Load):
        return
    codes = {"I01", "I02", "I03", "I04", "I06", "L14", "P03", "I07"}
    parts = node.slice.elts if isinstance(node.slice, ast.Tuple) else [node.slice]
    for place, part in enumerate(parts):
        shown = [ast.unparse(item) for item in parts]
        if isinstance(part, ast.Slice) and part.upper is not None and part.step is None:
            low = ast.unparse(part.lower) if part.lower else ""
            shown[place] = f"{low}:({ast.unparse(part.upper)}) - 1"
            yield "slice end", codes, f"{ast.unparse(node.value)}[{', '.join(shown)}]"
        elif isinstance(part, ast.Slice) and part.lower is not None and part.step is None:
            shown[place] = f"({ast.unparse(part.lower)}) - 1:{ast.unparse(part.upper) if part.upper else ''}"
            yield "slice start", codes, f"{ast.unparse(node.value)}[{', '.join(shown)}]"
        elif isinstance(part, ast.BinOp | ast.Name) or (
            isinstance(part, ast.Constant) and isinstance(part.value, int)
        ):
            shown[place] = f"{shown[place]} - 1"
            yield "index", codes, f"{ast.unparse(node.value)}[{', '.join(shown)}]"


def of_comparison(node: ast.Compare) -> Iterator[tuple[str, set[str], str]]:
    swaps = {ast.Lt: "<=", ast.LtE: "<", ast.Gt: ">=", ast.GtE: ">", ast.Eq: "!=", ast.NotEq: "=="}
    new = swaps.get(type(node.ops[0]))
    if new:
        yield "comparison", {"P02"}, f"({ast.unparse(node.left)}) {new} ({ast.unparse(node.comparators[0])})"


def of_name(node: ast.Name, statement: ast.stmt, tree: ast.Module) -> Iterator[tuple[str, set[str], str]]:
    """Another variable of the function, or the same without its second dimension."""
    owner = next(
        (f for f in ast.walk(tree) if isinstance(f, ast.FunctionDef) and statement in ast.walk(f)), tree
    )
    known = [
        item.id
        for item in ast.walk(owner)
        if isinstance(item, ast.Name) and isinstance(item.ctx, ast.Store) and item.lineno < statement.lineno
    ]
    if isinstance(owner, ast.FunctionDef):
        known += [item.arg for item in owner.args.args]
    if node.id not in known:
        return
    near = [
        name for name in dict.fromkeys(known) if name != node.id and name[:1].lower() == node.id[:1].lower()
    ]
    for other in near[:2]:
        yield "stale variable", {"P03", "N09", "N06", "N05", "N10", "P08"}, other
    if isinstance(statement, ast.Assign):
        yield "broadcast", {"M05", "M06", "M07", "L09", "L10", "L04", "L02", "A04"}, f"{node.id}.ravel()"
