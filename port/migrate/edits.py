"""One-step changes of a Python statement, each with the mistake that it would undo.

They are the mistakes people make when they carry MATLAB to NumPy, read backwards. Which of them was made is found
by trying: the change after which the statement gives MATLAB's value.
"""

import ast
from collections.abc import Callable, Collection, Iterator
from copy import deepcopy
from dataclasses import dataclass
from itertools import accumulate, product
from math import inf
from typing import NamedTuple, TypeGuard

REDUCTIONS = (
    "sum",
    "mean",
    "prod",
    "max",
    "min",
    "std",
    "var",
    "argmax",
    "argmin",
    "any",
    "all",
    "cumsum",
    "sort",
    "median",
)
REDUCED = {"max": "A02", "min": "A02", "sort": "A05", "cumsum": "A06"}
"""The cause that a reduction goes over all elements; A01 for the others."""
ORDERED = ("reshape", "ravel", "flatten")
FLAT = ("ravel", "flatten", "squeeze")
FAMILIES = (
    ("log", "log2", "log10", "log1p"),
    ("exp", "expm1", "exp2"),
    ("sum", "mean", "prod", "cumsum"),
    ("max", "min", "argmax", "argmin", "sum", "mean", "median"),
    ("maximum", "minimum"),
    ("floor", "ceil", "round", "rint", "trunc", "fix"),
    ("std", "var"),
    ("zeros", "ones", "empty", "eye"),
    ("zeros_like", "ones_like"),
    ("sin", "cos", "tan", "tanh", "sinh", "cosh", "arctan"),
    ("tile", "repeat"),
    ("vstack", "hstack", "column_stack", "concatenate"),
    ("sqrt", "square", "abs"),
    ("dot", "outer", "inner", "multiply", "matmul"),
    ("triu", "tril"),
    ("any", "all"),
    ("mod", "fmod", "remainder"),
    ("append", "insert", "extend"),
    ("cumsum", "cumprod"),
)
MOST_NAMES, MOST_PLACES = 12, 6
SIZED = ("reshape", "zeros", "ones", "empty", "eye")
"""The functions that are given the size of an array."""
OPERATORS: dict[type[ast.operator], tuple[str, ...]] = {
    ast.Add: ("-", "*"),
    ast.Sub: ("+",),
    ast.Mult: ("@", "/", "+", "**"),
    ast.Div: ("*", "//"),
    ast.MatMult: ("*",),
    ast.Pow: ("*", "@"),
    ast.FloorDiv: ("/",),
    ast.Mod: ("//",),
}
SYMBOLS: dict[type[ast.operator], str] = {
    ast.Add: "+", ast.Sub: "-", ast.Mult: "*", ast.Div: "/", ast.MatMult: "@", ast.Pow: "**",
    ast.FloorDiv: "//", ast.Mod: "%",
}  # fmt: skip
SIMPLE = (ast.Name, ast.Call, ast.Attribute, ast.Subscript, ast.Constant)
"""Expressions that need no parentheses wherever they stand."""
COMPARISONS = {
    ast.Lt: "<", ast.LtE: "<=", ast.Gt: ">", ast.GtE: ">=", ast.Eq: "==", ast.NotEq: "!=",
}  # fmt: skip


class Change(NamedTuple):
    """An expression in place of another: `code` names the mistake undone, `what` says it in words.

    cost: how much less likely the mistake is than the commonest; changes that can make anything fit cost most.
    """

    node: ast.expr
    text: str
    code: str
    what: str
    cost: float = 1.0


@dataclass(frozen=True)
class Edit:
    """A changed source: what was at a line is `before`, what is put there `after`."""

    line: int
    source: str
    before: str
    after: str
    code: str
    what: str
    cost: float


@dataclass(frozen=True)
class Scope:
    """What may stand in an expression: the names of its function, which of them are scalars, which are likely.

    idle: those that nothing reads, as it is where what read them was left out. places: the items and attributes that
    the function reads. sized: what is inside the size of an array.
    """

    names: tuple[str, ...]
    scalars: frozenset[str]
    hints: frozenset[str]
    statement: ast.stmt
    idle: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    sized: frozenset[ast.expr] = frozenset()


Rule = Callable[[ast.expr, Scope], Iterator[Change]]


def edits(
    source: str,
    line: int,
    scalars: Collection[str] = (),
    hints: Collection[str] = (),
    *,
    most: float = inf,
) -> list[Edit]:
    """Every change of the statement at a line, the likeliest first; none where no statement starts there.

    scalars: the variables that hold one number. hints: those that the original statement reads. most: what a change
    may cost.
    """
    tree = ast.parse(source)
    statement = statement_at(tree, line)
    if statement is None:
        return []
    scope = scope_of(tree, statement, scalars, hints)
    parts = [node for part in expressions(statement) for node in ast.walk(part) if isinstance(node, ast.expr)]
    measured = {
        node.value for node in parts if isinstance(node, ast.Attribute) and node.attr in ("shape", "size")
    }
    found = [
        change._replace(
            cost=(cost if rule is functions else max(cost, COSTS.get(change.code, 0.0))) * change.cost
        )
        for rule, cost in RULES.items()
        for node in parts
        if (rule is indices or not is_set(node)) and not (rule in (transposed, shapes) and node in measured)
        for change in rule(node, scope)
    ]
    places = indexed(statement)
    text = Text(source)
    made = [edit_of(text, line, in_place(change, places)) for change in found if change.cost <= most]
    made += [*moved(source, tree, statement), *postponed(source, tree, statement)]
    unique = {
        edit.source: edit for edit in sorted(made, key=lambda edit: -edit.cost) if edit.source != source
    }
    return sorted(unique.values(), key=lambda edit: edit.cost)


def scope_of(
    tree: ast.Module, statement: ast.stmt, scalars: Collection[str], hints: Collection[str]
) -> Scope:
    """What may stand in the expressions of a statement."""
    return Scope(
        names_of(tree, statement),
        frozenset(scalars),
        frozenset(hints),
        statement,
        idle_names(tree, statement),
        places_of(tree, statement),
        frozenset(sizes_in(statement)),
    )


def places_of(tree: ast.Module, statement: ast.stmt) -> tuple[str, ...]:
    """The items and attributes that the function around a statement reads: `params["w"]`, `acts[i]`, `self.rate`."""
    found = [
        node
        for node in ast.walk(owner_of(tree, statement))
        if isinstance(node, ast.Subscript | ast.Attribute)
        and isinstance(node.ctx, ast.Load)
        and is_place(node)
    ]
    found.sort(key=lambda node: (node.lineno > statement.lineno, abs(node.lineno - statement.lineno)))
    return tuple(dict.fromkeys(ast.unparse(node) for node in found))


def is_place(node: ast.Subscript | ast.Attribute) -> bool:
    """Whether a part of a variable is a quantity of its own: an item by name or number, an attribute of `self`."""
    if isinstance(node, ast.Attribute):
        return isinstance(node.value, ast.Name) and node.value.id == "self"
    is_owned = isinstance(node.value, ast.Name) or (
        isinstance(node.value, ast.Attribute) and is_place(node.value)
    )
    return is_owned and not isinstance(node.slice, ast.Slice | ast.Tuple | ast.List)


def sizes_in(statement: ast.stmt) -> Iterator[ast.expr]:
    """The expressions inside the sizes that arrays are made with."""
    for part in expressions(statement):
        for node in ast.walk(part):
            if isinstance(node, ast.Call) and called(node) in SIZED:
                is_method = isinstance(node.func, ast.Attribute) and not is_module(node.func.value)
                given = node.args if called(node) != "reshape" or is_method else node.args[1:]
                for item in given:
                    yield from (inner for inner in ast.walk(item) if isinstance(inner, ast.expr))


def indexed(statement: ast.stmt) -> dict[ast.expr, str]:
    """The expressions that are part of a subscript, a slice or a range, and the cause that a mistake in them is."""
    found: dict[ast.expr, str] = {}
    for part in expressions(statement):
        for node in ast.walk(part):
            if isinstance(node, ast.Subscript):
                found |= {inner: "I03" for inner in ast.walk(node.slice) if isinstance(inner, ast.expr)}
                for piece in ast.walk(node.slice):
                    if isinstance(piece, ast.Slice):
                        found |= {inner: "I01" for inner in ast.walk(piece) if isinstance(inner, ast.expr)}
            elif isinstance(node, ast.Call) and called(node) in ("range", "arange", "linspace"):
                code = "I07" if called(node) == "range" else "I02"
                found |= {
                    inner: code
                    for item in node.args
                    for inner in ast.walk(item)
                    if isinstance(inner, ast.expr)
                }
    return found


def in_place(change: Change, places: dict[ast.expr, str]) -> Change:
    """A change of a number or a sum inside a subscript is a matter of counting."""
    if change.node in places and change.code in ("P01", "P04", "P08", "P09", "N01"):
        return change._replace(code=places[change.node])
    return change


def is_set(node: ast.expr) -> bool:
    """Whether a node is the target of an assignment."""
    return isinstance(getattr(node, "ctx", None), ast.Store)


def statement_at(tree: ast.Module, line: int) -> ast.stmt | None:
    """The statement that starts at a line."""
    found = [node for node in ast.walk(tree) if isinstance(node, ast.stmt) and node.lineno == line]
    return found[0] if found else None


def expressions(statement: ast.stmt) -> list[ast.expr]:
    """The expressions of a statement itself, not of the statements inside it."""
    if isinstance(statement, ast.For):
        return [statement.iter]
    if isinstance(statement, ast.If | ast.While):
        return [statement.test]
    if isinstance(statement, ast.FunctionDef):
        return [item for item in statement.args.defaults if item is not None]
    found = [node for node in ast.iter_child_nodes(statement) if isinstance(node, ast.expr)]
    targets = statement.targets if isinstance(statement, ast.Assign) else []
    return [node for node in found if not (node in targets and isinstance(node, ast.Name))]


def names_of(tree: ast.Module, statement: ast.stmt) -> tuple[str, ...]:
    """The variables of the function around a statement, those set nearest before it first."""
    owner = owner_of(tree, statement)
    found = [
        (node.lineno, node.id)
        for node in ast.walk(owner)
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)
    ]
    found.sort(key=lambda item: (item[0] > statement.lineno, -item[0]))
    arguments = [item.arg for item in owner.args.args] if isinstance(owner, ast.FunctionDef) else []
    return tuple(dict.fromkeys([*(name for _, name in found), *arguments]))


def owner_of(tree: ast.Module, statement: ast.stmt) -> ast.Module | ast.FunctionDef:
    """The innermost function around a statement, else the module."""
    owners = [
        node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef) and statement in ast.walk(node)
    ]
    return owners[-1] if owners else tree


def idle_names(tree: ast.Module, statement: ast.stmt) -> tuple[str, ...]:
    """The variables of the function around a statement that nothing reads."""
    owner = owner_of(tree, statement)
    read = {
        node.id for node in ast.walk(owner) if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load)
    }
    idle = [name for name in names_of(tree, statement) if name not in read and name not in ("self", "_")]
    return tuple(idle) if isinstance(owner, ast.FunctionDef) else ()


def is_idle(source: str, line: int) -> bool:
    """Whether a statement sets a variable to itself, or is in a function that reads none of its parameters."""
    tree = ast.parse(source)
    statement = statement_at(tree, line)
    if isinstance(statement, ast.Assign) and ast.unparse(statement.targets[0]) == ast.unparse(
        statement.value
    ):
        return True
    if not isinstance(statement, ast.Assign | ast.Return):
        return False
    owner, idle = owner_of(tree, statement), idle_names(tree, statement)
    given = [item.arg for item in owner.args.args] if isinstance(owner, ast.FunctionDef) else []
    return bool(given) and all(name in idle for name in given)


class Text:
    """A source as bytes, and where its lines start."""

    def __init__(self, source: str) -> None:
        self.data = source.encode()
        self.starts = [0, *accumulate(len(line) for line in self.data.splitlines(keepends=True))]


def edit_of(text: Text, line: int, change: Change) -> Edit:
    """The source with a change made; the number of its lines stays."""
    data, node = text.data, change.node
    start = text.starts[node.lineno - 1] + node.col_offset
    end = text.starts[(node.end_lineno or node.lineno) - 1] + (node.end_col_offset or 0)
    before = data[start:end].decode()
    breaks = chr(10) * before.count(chr(10))
    has_access = data[end : end + 1] in (b".", b"[", b"(")  # behind a number it would be read as its fraction
    is_simple = not (breaks or has_access) and isinstance(ast.parse(change.text, mode="eval").body, SIMPLE)
    new = change.text if is_simple else f"({change.text}{breaks})"
    return Edit(
        line,
        (data[:start] + new.encode() + data[end:]).decode(),
        before,
        change.text,
        change.code,
        change.what,
        change.cost,
    )


def moved(source: str, tree: ast.Module, statement: ast.stmt) -> Iterator[Edit]:
    """A one-line statement after the next one, or before the one before: what is updated too early."""
    lines = source.split("\n")
    for body in bodies(tree):
        if statement in body:
            place = body.index(statement)
            for first, second in zip(
                body[max(place - 1, 0) : place + 1], body[max(place - 1, 0) + 1 : place + 2], strict=False
            ):
                if is_line(first) and is_line(second) and first.lineno + 1 == second.lineno:
                    changed = list(lines)
                    a, b = first.lineno - 1, second.lineno - 1
                    changed[a], changed[b] = lines[b], lines[a]
                    text = lines[statement.lineno - 1].strip()
                    yield Edit(
                        statement.lineno,
                        "\n".join(changed),
                        text,
                        text,
                        "N09",
                        "it comes before or after its neighbour",
                        2.0,
                    )


def postponed(source: str, tree: ast.Module, statement: ast.stmt) -> Iterator[Edit]:
    """A one-line statement at the end of its block: an update of what is still needed as it was."""
    if not (isinstance(statement, ast.Assign | ast.AugAssign) and is_line(statement)):
        return
    for body in bodies(tree):
        if statement in body[:-2]:
            last = body[-2] if isinstance(body[-1], ast.Return) else body[-1]
            lines = source.split("\n")
            first, end = statement.lineno - 1, last.end_lineno or last.lineno
            changed = [*lines[:first], *lines[first + 1 : end], lines[first], *lines[end:]]
            text = lines[first].strip()
            what = "it changes what is still needed as it was, and belongs at the end of its block"
            yield Edit(statement.lineno, "\n".join(changed), text, text, "N09", what, 2.0)


def bodies(tree: ast.Module) -> Iterator[list[ast.stmt]]:
    for node in ast.walk(tree):
        for name in ("body", "orelse"):
            body = getattr(node, name, None)
            if isinstance(body, list) and body and isinstance(body[0], ast.stmt):
                yield body


def is_line(statement: ast.stmt) -> bool:
    """Whether a statement is simple and on one line."""
    return statement.lineno == statement.end_lineno and not hasattr(statement, "body")


def text_of(node: ast.expr) -> str:
    return ast.unparse(node)


def called(node: ast.expr) -> str:
    """The last part of the name that is called: `sum` of `np.sum(x)` and `x.sum()`."""
    if not isinstance(node, ast.Call):
        return ""
    return node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")


def with_keyword(node: ast.Call, name: str, value: str | None) -> str:
    """A call with one keyword changed, added, or (None) left out."""
    kept = [ast.unparse(item) for item in node.args]
    kept += [
        f"{item.arg}={ast.unparse(item.value)}" if item.arg else f"**{ast.unparse(item.value)}"
        for item in node.keywords
        if item.arg != name
    ]
    return f"{ast.unparse(node.func)}({', '.join([*kept, *([] if value is None else [f'{name}={value}'])])})"


def keyword(node: ast.Call, name: str) -> ast.expr | None:
    return next((item.value for item in node.keywords if item.arg == name), None)


def codes_between(got: ast.stmt, want: ast.stmt) -> tuple[str, str]:
    """The cause, and its words, that a statement is not another: what is different where they first differ."""
    places = indexed(got)
    scope = Scope((), frozenset(), frozenset(), got)
    for a, b in differing(got, want):
        change = between(a, b, scope)
        if change is not None:
            change = in_place(change, places)
            return change.code, change.what
    return "P10", f"`{ast.unparse(got).splitlines()[0]}` is not what the original says"


def differing(got: ast.AST, want: ast.AST) -> Iterator[tuple[ast.expr, ast.expr]]:
    """The expressions in which two statements differ, outermost first."""
    if same(got, want):
        return
    if isinstance(got, ast.expr) and isinstance(want, ast.expr):
        yield got, want
    ours, theirs = list(ast.iter_child_nodes(got)), list(ast.iter_child_nodes(want))
    if type(got) is type(want) and len(ours) == len(theirs):
        heads = (
            {id(item) for item in expressions(got)}
            if isinstance(got, ast.stmt) and hasattr(got, "body")
            else None
        )
        for a, b in zip(ours, theirs, strict=True):
            if heads is None or id(a) in heads:
                yield from differing(a, b)


def between(got: ast.expr, want: ast.expr, scope: Scope) -> Change | None:
    """The change that turns one expression into the other in one step; None where it takes more."""
    if isinstance(got, ast.Call) and isinstance(want, ast.Call) and (change := of_keywords(got, want)):
        return change
    aim = ast.dump(want)
    for rule, cost in RULES.items():
        if rule is missing or rule is names or rule is slopes:
            continue
        for change in rule(got, scope):
            if change.node is got and ast.dump(ast.parse(change.text, mode="eval").body) == aim:
                return change._replace(cost=cost)
    if isinstance(got, ast.Call) and called(got) == called(want) and called(got) in RANGES:
        text = ast.unparse(want)
        return Change(got, text, RANGES[called(got)], f"`{ast.unparse(got)}` stands for `{text}`")
    if isinstance(want, ast.BinOp) and (same(got, want.left) or same(got, want.right)):
        return left_out(got, want)
    if isinstance(got, ast.Name) and isinstance(want, ast.Name):
        return Change(got, want.id, "P03", f"`{got.id}` stands for `{want.id}`")
    if isinstance(got, ast.Constant) and isinstance(want, ast.Constant) and type(got.value) is not bool:
        return Change(got, ast.unparse(want), "P04", f"the number {got.value!r} stands for {want.value!r}")
    return None


RANGES = {"range": "I07", "arange": "I02", "linspace": "I02"}
"""The causes that bounds are other ones."""
KEYWORDS = {"axis": "A03", "keepdims": "L09", "order": "L03", "ddof": "S05", "dtype": "F01"}
"""The cause that a keyword stands for where it is another or is not there."""


def of_keywords(got: ast.Call, want: ast.Call) -> Change | None:
    """The change of one keyword that makes a call the other; None where more is different."""
    positional = [[ast.dump(item) for item in (node.func, *node.args)] for node in (got, want)]
    ours, theirs = ({item.arg: ast.unparse(item.value) for item in node.keywords} for node in (got, want))
    names = [name for name in {**ours, **theirs} if name in KEYWORDS and ours.get(name) != theirs.get(name)]
    if (
        positional[0] != positional[1]
        or not names
        or any(ours.get(n) != theirs.get(n) for n in {*ours, *theirs} - {*names})
    ):
        return None
    name, function = names[0], called(got)
    code = KEYWORDS[name]
    if name == "axis" and (name in ours) != (name in theirs):
        code = REDUCED.get(function, "A01")
    elif name == "order":
        code = "L03" if function == "reshape" else "L04"
    elif name == "ddof":
        code = "S05" if function == "std" else "S06"
    shown = [f"{name}={values[name]}" if name in values else f"no {name}" for values in (ours, theirs)]
    return Change(got, ast.unparse(want), code, f"`{function}` has {shown[0]} in place of {shown[1]}")


def left_out(got: ast.expr, want: ast.BinOp) -> Change:
    """A term or factor of an operation that is not there."""
    symbol, last = SYMBOLS.get(type(want.op), ""), same(got, want.left)
    other = want.right if last else want.left
    code = "S01" if symbol == "/" else "S03" if symbol == "*" and isinstance(other, ast.Constant) else "P09"
    term = after(symbol, ast.unparse(other)) if last else before(symbol, ast.unparse(other))
    return Change(got, ast.unparse(want), code, f"`{term}` is missing")


def after(symbol: str, text: str) -> str:
    """An operation without its left side, `* (1 - a)`; parentheses where they are needed."""
    return ast.unparse(ast.parse(f"_ {symbol} ({text})", mode="eval"))[2:]


def before(symbol: str, text: str) -> str:
    """An operation without its right side, `1 -`; parentheses where they are needed."""
    return ast.unparse(ast.parse(f"({text}) {symbol} _", mode="eval"))[:-2]


def transposed(node: ast.expr, scope: Scope) -> Iterator[Change]:
    """A transpose too many or too few."""
    if isinstance(node, ast.Attribute) and node.attr == "T":
        yield Change(
            node, text_of(node.value), "L02", f"`{text_of(node.value)}` is transposed and should not be"
        )
    elif is_array_like(node):
        yield Change(node, f"{wrapped(node)}.T", "L02", f"`{text_of(node)}` should be transposed")


def is_array_like(node: ast.expr) -> bool:
    return isinstance(node, ast.Name | ast.Call | ast.BinOp | ast.Subscript) or (
        isinstance(node, ast.Attribute) and node.attr != "T"
    )


def wrapped(node: ast.expr, *also: type[ast.expr]) -> str:
    """The text of an operand, in parentheses unless it is simple or of a kind that binds tightly enough."""
    return text_of(node) if isinstance(node, (*SIMPLE, *also)) else f"({text_of(node)})"


def axes(node: ast.expr, scope: Scope) -> Iterator[Change]:
    """The axis of a reduction, and whether the dimension is kept."""
    name = called(node)
    if not isinstance(node, ast.Call) or name not in REDUCTIONS:
        return
    is_method = isinstance(node.func, ast.Attribute) and text_of(node.func.value) != "np"
    axis, kept = keyword(node, "axis"), keyword(node, "keepdims")
    place = 0 if is_method else 1
    if axis is None and len(node.args) > place:
        axis = node.args[place]
        node = ast.copy_location(
            ast.Call(node.func, node.args[:place] + node.args[place + 1 :], node.keywords), node
        )
    code = REDUCED.get(name, "A01")
    old = "over all elements" if axis is None else f"along axis {text_of(axis)}"
    for new in ("0", "1", "2", None):
        if new is None and axis is not None:
            yield Change(
                node,
                with_keyword(node, "axis", None),
                "A01",
                f"`{name}` goes {old} in place of over all elements",
            )
        elif new is not None and (axis is None or text_of(axis) != new):
            text = with_keyword(node, "axis", new)
            right = "A03" if axis is not None else code
            yield Change(node, text, right, f"`{name}` goes {old} in place of along axis {new}")
            if kept is None:
                changed = f"{text[:-1]}, keepdims=True)"
                yield Change(node, changed, right, f"`{name}` goes {old} in place of along axis {new}")
    if axis is not None and kept is None:
        yield Change(
            node,
            f"{with_keyword(node, 'axis', text_of(axis))[:-1]}, keepdims=True)",
            "L09",
            f"`{name}` drops the dimension it goes along",
        )
    if kept is not None:
        yield Change(
            node, with_keyword(node, "keepdims", None), "L09", f"`{name}` keeps the dimension it goes along"
        )


def orders(node: ast.expr, scope: Scope) -> Iterator[Change]:
    """Row-major or column-major."""
    name = called(node)
    if isinstance(node, ast.Call) and name in ORDERED:
        code = "L03" if name == "reshape" else "L04"
        if keyword(node, "order") is None:
            yield Change(
                node, with_keyword(node, "order", "'F'"), code, f"`{name}` goes by rows, MATLAB by columns"
            )
        else:
            yield Change(node, with_keyword(node, "order", None), code, f"`{name}` goes by columns")
    elif isinstance(node, ast.Call | ast.Subscript) and len(rows := by_rows(node)) > 1:
        made = deepcopy(node)
        for call in by_rows(made):
            call.keywords.append(ast.keyword("order", ast.Constant("F")))
        name = called(rows[0])
        yield Change(node, ast.unparse(made), "L04", f"`{name}` goes by rows, MATLAB by columns")


def by_rows(node: ast.expr) -> list[ast.Call]:
    """The calls in an expression that take elements row by row, as they do when nothing is said."""
    calls = [item for item in ast.walk(node) if isinstance(item, ast.Call) and called(item) in ORDERED]
    said = [[keyword(item, "order"), *(a for a in item.args if is_text(a))] for item in calls]
    return [item for item, words in zip(calls, said, strict=True) if not any(words)]


def is_text(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and isinstance(node.value, str)


def degrees(node: ast.expr, scope: Scope) -> Iterator[Change]:
    """The n - 1 of std, var and cov."""
    name = called(node)
    if isinstance(node, ast.Call) and name in ("std", "var", "cov"):
        code = "S05" if name == "std" else "S06"
        has = keyword(node, "ddof")
        for value in ("1", "0"):
            if has is None or text_of(has) != value:
                yield Change(
                    node,
                    with_keyword(node, "ddof", value),
                    code,
                    f"`{name}` divides by {'n' if value == '1' else 'n - 1'}",
                )


def operators(node: ast.expr, scope: Scope) -> Iterator[Change]:
    """Another operator, the operands the other way round, one of them only."""
    if not isinstance(node, ast.BinOp):
        return
    left, right = wrapped(node.left), wrapped(node.right)
    old = SYMBOLS.get(type(node.op), "")
    for new in OPERATORS.get(type(node.op), ()):
        code, what = operator_code(old, new, scope), f"`{old}` stands for `{new}`"
        likely = {"N02": OPPOSITE, "P01": SELDOM if new == "//" else 1.0}.get(code, 1.0)
        yield Change(node, f"{left} {new} {right}", code, what, likely)
    if old in ("-", "/", "@", "**"):
        yield Change(
            node,
            f"{right} {old} {left}",
            "N01" if old == "-" else "P07",
            f"the operands of `{old}` are exchanged",
        )
    yield Change(node, text_of(node.left), "P08", f"`{old} {text_of(node.right)}` is too much")
    if old not in ("**",):
        yield Change(node, text_of(node.right), "P08", f"`{text_of(node.left)} {old}` is too much")


def operator_code(old: str, new: str, scope: Scope) -> str:
    """The cause of an operator that is another."""
    if {old, new} == {"*", "@"}:
        return "M01"
    if {old, new} == {"+", "-"}:
        return "N02" if is_update(scope.statement) else "P01"
    return {("**", "@"): "M02", ("%", "//"): "F09"}.get((old, new), "P01")


def is_update(statement: ast.stmt) -> bool:
    """`W = W - ...` or `W -= ...`."""
    if isinstance(statement, ast.AugAssign):
        return True
    if not (isinstance(statement, ast.Assign) and isinstance(statement.value, ast.BinOp)):
        return False
    return ast.unparse(statement.targets[0]) == ast.unparse(statement.value.left)


def augmented(node: ast.expr, scope: Scope) -> Iterator[Change]:
    """`x += a` for `x -= a`: the sign of what is added."""
    statement = scope.statement
    if isinstance(statement, ast.AugAssign) and node is statement.value:
        if isinstance(statement.op, ast.Add | ast.Sub):
            yield Change(node, f"-({text_of(node)})", "N02", "`+` and `-` of the update are exchanged")
        if isinstance(statement.op, ast.Mult | ast.Div):
            yield Change(node, f"1 / ({text_of(node)})", "P01", "`*` and `/` of the update are exchanged")


def signs(node: ast.expr, scope: Scope) -> Iterator[Change]:
    """A sign too many or too few."""
    if node in scope.sized:
        return
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
        what = f"the sign of `{text_of(node.operand)}` is flipped"
        yield Change(node, text_of(node.operand), "N01", what, OPPOSITE)
    elif isinstance(node, ast.BinOp | ast.Call | ast.Name | ast.Subscript):
        yield Change(node, f"-({text_of(node)})", "N01", f"the sign of `{text_of(node)}` is flipped")


def factors(node: ast.expr, scope: Scope) -> Iterator[Change]:
    """A factor too many or too few: 2, a number of samples, a variable. On whole values and on sums."""
    statement = scope.statement
    is_value = node is getattr(statement, "value", None)
    is_sum = isinstance(node, ast.Call) and called(node) in REDUCTIONS
    if not (is_value or is_sum or isinstance(node, ast.BinOp)):
        return
    text = f"({text_of(node)})"
    yield Change(node, f"{text} / 2", "S03", "a factor 1/2 is missing")
    yield Change(node, f"{text} * 2", "S03", "a factor 2 is missing")
    if is_value or is_sum:
        for size in sizes(scope):
            yield Change(node, f"{text} / {size}", "S01", f"the division by {size} is missing")
            yield Change(node, f"{text} * {size}", "S02", f"it is divided by {size} once too often")


def sizes(scope: Scope) -> list[str]:
    """What may be a number of samples, and other scalars."""
    arrays = [name for name in scope.names if name not in scope.scalars]
    return [
        *(name for name in scope.names if name in scope.scalars),
        *(f"{name}.shape[{axis}]" for name in arrays[:8] for axis in (0, 1)),
    ]


def missing(node: ast.expr, scope: Scope) -> Iterator[Change]:
    """A term or a factor that was left out."""
    if not isinstance(node, ast.BinOp | ast.Name | ast.Call | ast.Constant | ast.Attribute | ast.Subscript):
        return
    if is_module(node) or (isinstance(node, ast.Constant) and not isinstance(node.value, int | float)):
        return
    statement = scope.statement
    value = getattr(statement, "value", None)
    top = (value, getattr(value, "left", None), getattr(value, "right", None))
    text = f"({text_of(node)})"
    for name, form in product(scope.idle, IDLE_FORMS):
        for sign in ("*", "+", "-", "/", "@"):
            term = f"{sign} {form.format(name)}"
            yield Change(node, f"{text} {term}", "P09", f"`{term}` is missing", UNREAD)
    is_sum = isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add | ast.Sub)
    for term in ("+ 1", "- 1") if node in scope.sized or node in top or is_sum else ():
        yield Change(node, f"{text} {term}", "P09", f"`{term}` is missing", ONE)
    likely = sorted(scope.names, key=lambda name: name not in scope.hints)[:MOST_NAMES]
    for name in [*likely, *scope.places[:MOST_PLACES]]:
        terms = [f"{sign} {name}" for sign in ("*", "+", "-", "/", "@")]
        forms = (f"1 - {name}", f"1 - {name} ** 2", f"2 * {name}")
        terms += [f"{sign} ({form})" for form in forms for sign in ("*", "/")] * (node in top)
        for term in terms:
            code = "N03" if term.startswith("+") and node in top else "P09"
            yield Change(
                node, f"{text} {term}", code, f"`{term}` is missing", 0.85 if name in scope.hints else 1.0
            )


def biases(node: ast.expr, scope: Scope) -> Iterator[Change]:
    """A penalty on all weights, where the original leaves those of the bias out: the first row or column."""
    is_variable = isinstance(node, ast.Name | ast.Subscript | ast.Attribute)
    text = text_of(node)
    if is_variable and text not in scope.scalars and node in penalised(scope.statement):
        for form in (
            f"np.concatenate([np.zeros_like({text}[:1]), {text}[1:]])",
            f"np.concatenate([np.zeros_like({text}[:, :1]), {text}[:, 1:]], axis=1)",
        ):
            yield Change(node, form, "N05", f"the weights of the bias in `{text}` are regularised")


def penalised(statement: ast.stmt) -> Iterator[ast.expr]:
    """What a statement multiplies with a factor, or squares."""
    for part in expressions(statement):
        for node in ast.walk(part):
            if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Mult | ast.Pow):
                yield node.left
                yield node.right


def slopes(node: ast.expr, scope: Scope) -> Iterator[Change]:
    """The derivative of an activation that was left out."""
    if node is getattr(scope.statement, "value", None) and isinstance(node, ast.BinOp | ast.Name):
        for name in scope.names[:12]:
            yield Change(
                node,
                f"({text_of(node)}) * {name} * (1 - {name})",
                "N07",
                f"the slope {name} * (1 - {name}) is missing",
            )
            yield Change(
                node, f"({text_of(node)}) * (1 - {name} ** 2)", "N07", f"the slope 1 - {name} ** 2 is missing"
            )


SLOPES = {"the sigmoid": "{0} * (1 - {0})", "tanh": "1 - {0} ** 2"}
"""The slopes of activations, from their values."""


def other_slopes(node: ast.expr, scope: Scope) -> Iterator[Change]:
    """The derivative of another activation, or taken where the activation, or what goes into it, is not meant."""
    found = slope_of(node)
    if found is None:
        return
    text = wrapped(found.value)
    for kind in SLOPES:
        if kind != found.kind:
            known = found.kind in SLOPES
            what = f"it is {'the slope' if known else 'half the slope'} of {found.kind if known else kind}"
            what += f", and should be that of {kind}" if known else ""
            yield Change(node, found.written(kind, text), "P05" if known else "P09", what)
        if isinstance(found.value, ast.Call) and len(found.value.args) == 1:
            inner = wrapped(found.value.args[0])
            what = f"the slope is taken at `{text}`, and `{inner}` is the activation already"
            yield Change(node, found.written(kind, inner), "N06", what)
        others = scope.names[:MOST_NAMES] if found.kind in SLOPES else ()
        for name in (name for name in others if name not in (text, *scope.scalars)):
            what = f"the slope is taken at `{text}` in place of `{name}`"
            yield Change(node, found.written(kind, name), "N06", what, ELSEWHERE)


class Slope(NamedTuple):
    """What looks like the slope of an activation (kind), of a value, behind a factor."""

    kind: str
    value: ast.expr
    factor: ast.expr | None = None

    def written(self, kind: str, value: str) -> str:
        """The slope of an activation, of a value, behind the same factor."""
        slope = SLOPES[kind].format(value)
        if self.factor is None:
            return slope
        return f"{wrapped(self.factor)} * {slope if kind == 'the sigmoid' else f'({slope})'}"


def slope_of(node: ast.expr) -> Slope | None:
    """The slope that an expression looks like: `a * (1 - a)`, `d * a * (1 - a)`, `1 - a ** 2`, or `1 - a` alone."""
    if not isinstance(node, ast.BinOp):
        return None
    left, right = node.left, node.right
    if isinstance(node.op, ast.Mult):
        first, factor = (left.right, left.left) if is_product(left) else (left, None)
        if (value := without(right)) is not None and same(first, value):
            return Slope("the sigmoid", value, factor)
        value = without(left)
        return Slope("the sigmoid", value) if value is not None and same(value, right) else None
    rest = without(node)
    if isinstance(rest, ast.BinOp) and isinstance(rest.op, ast.Pow) and text_of(rest.right) == "2":
        return Slope("tanh", rest.left)
    if is_product(rest) and same(rest.left, rest.right):
        return Slope("tanh", rest.left)
    if isinstance(rest, ast.Call) and called(rest) == "square":
        return Slope("tanh", rest.args[0])
    return None if rest is None else Slope("no activation", rest)


def is_product(node: ast.expr | None) -> TypeGuard[ast.BinOp]:
    """Whether it is `a * b`."""
    return isinstance(node, ast.BinOp) and isinstance(node.op, ast.Mult)


def without(node: ast.expr) -> ast.expr | None:
    """What an expression takes from 1: `a` of `1 - a`."""
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Sub) and text_of(node.left) in ("1", "1.0"):
        return node.right
    return None


def same(one: ast.AST, other: ast.AST) -> bool:
    """Whether two pieces of source say the same."""
    return ast.dump(one) == ast.dump(other)


def offsets(node: ast.expr, scope: Scope) -> Iterator[Change]:
    """Labels or positions that count from 0 where MATLAB's count from 1, or the other way round."""
    value = getattr(scope.statement, "value", None)
    given = value.elts if isinstance(value, ast.Tuple) else [value]
    if node in given and isinstance(node, ast.Name | ast.Call | ast.Subscript):
        yield Change(node, f"{text_of(node)} + 1", "I04", f"`{text_of(node)}` counts from 0")
        yield Change(node, f"{text_of(node)} - 1", "I04", f"`{text_of(node)}` counts from 1")


def indices(node: ast.expr, scope: Scope) -> Iterator[Change]:
    """An index or a bound of a slice that is one off."""
    if isinstance(node, ast.Subscript):
        parts = node.slice.elts if isinstance(node.slice, ast.Tuple) else [node.slice]
        listed = [item for part in parts if isinstance(part, ast.List) for item in part.elts]
        for part in [*(part for part in parts if not isinstance(part, ast.List)), *listed]:
            if isinstance(part, ast.Slice):
                yield from slice_bounds(node, part)
            elif not isinstance(part, ast.Constant) or isinstance(part.value, int):
                for shift in ("+ 1", "- 1"):
                    yield Change(
                        part, f"{text_of(part)} {shift}", "I03", f"the index `{text_of(part)}` is one off"
                    )


OTHER_END = {":-1": "1:", "1:": ":-1"}
"""What is left without the last, and without the first."""


def slice_bounds(node: ast.Subscript, part: ast.Slice) -> Iterator[Change]:
    """A slice that begins or ends one too early or too late, or leaves out what is at the other end."""
    shown = ast.unparse(part)
    if part.step is None and (mirrored := OTHER_END.get(shown)):
        others = node.slice.elts if isinstance(node.slice, ast.Tuple) else [node.slice]
        inside = ", ".join(mirrored if item is part else ast.unparse(item) for item in others)
        what = f"the slice `{shown}` leaves out the wrong end"
        yield Change(node, f"{wrapped(node.value)}[{inside}]", "I01", what)
    for bound in ("lower", "upper"):
        value = getattr(part, bound)
        options = (
            [f"({text_of(value)}) + 1", f"({text_of(value)}) - 1", ""]
            if value
            else (["1"] if bound == "lower" else ["-1"])
        )
        for option in options:
            text = {
                "lower": text_of(part.lower) if part.lower else "",
                "upper": text_of(part.upper) if part.upper else "",
            }
            text[bound] = option
            step = f":{text_of(part.step)}" if part.step else ""
            new = f"{text['lower']}:{text['upper']}{step}"
            shown = ast.unparse(part)
            others = node.slice.elts if isinstance(node.slice, ast.Tuple) else [node.slice]
            inside = ", ".join(new if item is part else ast.unparse(item) for item in others)
            yield Change(node, f"{wrapped(node.value)}[{inside}]", "I01", f"the slice `{shown}` is one off")


def ranges(node: ast.expr, scope: Scope) -> Iterator[Change]:
    """The bounds of a loop or of `arange`."""
    name = called(node)
    if not isinstance(node, ast.Call) or name not in ("range", "arange", "linspace"):
        return
    function, arguments = ast.unparse(node.func), [text_of(item) for item in node.args]
    code = "I07" if name == "range" else "I02"
    what = f"`{ast.unparse(node)}` begins or ends one off"
    if len(arguments) == 1:
        for new in (
            f"{arguments[0]} + 1",
            f"{arguments[0]} - 1",
            f"1, {arguments[0]}",
            f"1, {arguments[0]} + 1",
        ):
            yield Change(node, f"{function}({new})", code, what)
    for place in range(min(len(arguments), 2) if len(arguments) > 1 else 0):
        for shift in ("+ 1", "- 1"):
            changed = [*arguments[:place], f"{arguments[place]} {shift}", *arguments[place + 1 :]]
            yield Change(node, f"{function}({', '.join(changed)})", code, what)
    if len(arguments) >= 2:
        yield Change(
            node,
            f"{function}({', '.join([f'{arguments[0]} - 1', f'{arguments[1]} - 1', *arguments[2:]])})",
            code,
            what,
        )
        yield Change(
            node,
            f"{function}({', '.join([f'{arguments[0]} + 1', f'{arguments[1]} + 1', *arguments[2:]])})",
            code,
            what,
        )
        yield Change(node, f"{function}(0, {', '.join(arguments[1:])})", code, what)


def constants(node: ast.expr, scope: Scope) -> Iterator[Change]:
    """Another number."""
    if (
        isinstance(node, ast.Constant)
        and isinstance(node.value, int | float)
        and not isinstance(node.value, bool)
    ):
        value = node.value
        for new in dict.fromkeys(
            [value + 1, value - 1, value * 2, value / 2, -value, value * 10, value / 10, 0, 1, 2]
        ):
            if new != value:
                yield Change(
                    node,
                    repr(int(new) if float(new).is_integer() and isinstance(value, int) else new),
                    "P04",
                    f"the number {value!r} is another",
                )
        for name in (name for name in scope.names if name in scope.scalars and node not in scope.sized):
            yield Change(node, name, "P04", f"the number {value!r} stands for `{name}`", WRITTEN_OUT)
    elif isinstance(node, ast.Constant) and isinstance(node.value, bool):
        yield Change(node, repr(not node.value), "P04", f"{node.value} stands for {not node.value}")


def functions(node: ast.expr, scope: Scope) -> Iterator[Change]:
    """A function of the same family."""
    name = called(node)
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
        for family in FAMILIES:
            for other in family if name in family else ():
                if other != name:
                    arguments = ast.unparse(node)[len(ast.unparse(node.func)) :]
                    yield Change(
                        node,
                        f"{wrapped(node.func.value)}.{other}{arguments}",
                        function_code(name, other),
                        f"`{name}` stands for `{other}`",
                        likelihood(name, other),
                    )
        if name in ("round", "rint") and node.args:
            value = text_of(node.args[0])
            yield Change(
                node,
                f"np.sign({value}) * np.floor(np.abs({value}) + 0.5)",
                "F07",
                "NumPy rounds halves to even",
            )
        if name == "norm" and len(node.args) == 1:
            yield Change(
                node,
                with_keyword(node, "ord", "2"),
                "M08",
                "`norm` of a matrix is its largest singular value in MATLAB",
            )
    if called(node) in ACTIVATIONS and isinstance(node, ast.Call) and len(node.args) == 1:
        for name, form in ACTIVATIONS.items():
            if name != called(node):
                text = form.format(wrapped(node.args[0]))
                yield Change(node, text, "P05", f"`{called(node)}` stands for the activation {name}")
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Mod):
        yield Change(
            node, f"np.fmod({text_of(node.left)}, {text_of(node.right)})", "F09", "`%` is `mod`, not `rem`"
        )


ACTIVATIONS = {"sigmoid": "1 / (1 + np.exp(-{0}))", "tanh": "np.tanh({0})", "relu": "np.maximum({0}, 0)"}
"""What people take for one another, by their usual names."""


def likelihood(name: str, other: str) -> float:
    """What it costs that one function of a family stands for another."""
    if {name, other} in OPPOSITES:
        return OPPOSITE
    return SELDOM if other in RARE else 1 / 2 if name in RARE else 1.0


def function_code(old: str, new: str) -> str:
    """The cause of a function that is another."""
    if old.startswith("log") and new.startswith("log"):
        return "S08"
    if {old, new} == {"tile", "repeat"}:
        return "L12"
    if {old, new} == {"sum", "mean"}:
        return "S01" if old == "sum" else "S02"
    return {"dot": "M09", "outer": "M05"}.get(old, "P05")


def names(node: ast.expr, scope: Scope) -> Iterator[Change]:
    """Another variable: one of another layer, or one that is out of date; another item or attribute."""
    if isinstance(node, ast.Subscript | ast.Attribute) and is_place(node):
        for other in (place for place in scope.places[:MOST_PLACES] if place != text_of(node)):
            yield Change(node, other, "P03", f"`{text_of(node)}` stands for `{other}`")
    if isinstance(node, ast.Name) and node.id in scope.names:
        for other in scope.names:
            if other != node.id:
                cost = 0.8 if other in scope.hints else 1.0
                yield Change(node, other, "P03", f"`{node.id}` stands for `{other}`", cost)


def comparisons(node: ast.expr, scope: Scope) -> Iterator[Change]:
    """Another comparison, and its opposite."""
    if isinstance(node, ast.Compare) and len(node.ops) == 1:
        old = COMPARISONS.get(type(node.ops[0]), "")
        left, right = wrapped(node.left, ast.BinOp), wrapped(node.comparators[0], ast.BinOp)
        for new in COMPARISONS.values() if old else ():
            if new != old:
                yield Change(node, f"{left} {new} {right}", "P02", f"`{old}` stands for `{new}`")
    elif isinstance(node, ast.BoolOp):
        new = " or " if isinstance(node.op, ast.And) else " and "
        yield Change(
            node,
            new.join(f"({text_of(item)})" for item in node.values),
            "P02",
            "`and` and `or` are exchanged",
        )
    elif isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
        yield Change(node, text_of(node.operand), "P02", "the condition is negated")
    if node is getattr(scope.statement, "test", None):
        yield Change(node, f"not ({text_of(node)})", "P02", "the condition is negated")


def shapes(node: ast.expr, scope: Scope) -> Iterator[Change]:
    """A dimension lost: (n,) that broadcasts where a column or a row was meant."""
    if isinstance(node, ast.Name | ast.Attribute | ast.Subscript | ast.Call) and not is_module(node):
        for text, shape in (
            (".reshape(-1, 1)", "a column"),
            (".reshape(1, -1)", "a row"),
            (".ravel()", "one-dimensional"),
        ):
            yield Change(node, f"{wrapped(node)}{text}", "M06", f"`{text_of(node)}` should be {shape}")


def flattened(node: ast.expr, scope: Scope) -> Iterator[Change]:
    """A dimension dropped in so many words."""
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and called(node) in FLAT:
        kept = text_of(node.func.value)
        yield Change(node, kept, "M06", f"`{text_of(node)}` loses a dimension", EXPLICIT)


def is_module(node: ast.expr) -> bool:
    return isinstance(node, ast.Name) and node.id in ("np", "numpy")


def copies(node: ast.expr, scope: Scope) -> Iterator[Change]:
    """A second name for the same array, where a copy was meant; digits lost by a type."""
    if node is getattr(scope.statement, "value", None) and isinstance(
        node, ast.Name | ast.Attribute | ast.Subscript
    ):
        yield Change(
            node, f"{wrapped(node)}.copy()", "F17", f"`{text_of(node)}` is changed later under another name"
        )
    if called(node) == "astype" and isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
        code = "F01" if "32" in ast.unparse(node) else "F06"
        yield Change(node, text_of(node.func.value), code, f"`{ast.unparse(node)}` loses digits")
    if isinstance(node, ast.Call) and (kind := keyword(node, "dtype")) is not None:
        code = "F01" if "32" in text_of(kind) else "F04"
        yield Change(node, with_keyword(node, "dtype", "float"), code, f"dtype {text_of(kind)} loses digits")


RULES: dict[Rule, float] = {
    transposed: 1.0,
    axes: 1.0,
    orders: 0.9,
    degrees: 1.0,
    comparisons: 1.2,
    ranges: 1.0,
    indices: 1.1,
    operators: 1.2,
    augmented: 1.2,
    signs: 1.3,
    constants: 1.4,
    functions: 1.5,
    shapes: 1.5,
    flattened: 1.5,
    copies: 1.5,
    factors: 1.8,
    offsets: 1.8,
    names: 2.0,
    slopes: 1.7,
    other_slopes: 1.4,
    biases: 1.7,
    missing: 3.0,
}
"""The kinds of change, each with its cost."""
COSTS = {"P08": 2.5, "P07": 1.8, "S01": 1.8, "S02": 1.9}
IDLE_FORMS = ("{}", "np.tanh({})", "np.exp({})", "np.log({})", "{} ** 2", "{}.T", "(1 - {})", "(1 - {} ** 2)")
"""What may have been made of a variable that nothing reads any more."""
WRITTEN_OUT = 1.2
"""What it costs that a number stands for a variable."""
ELSEWHERE = 1.3
"""What it costs that a slope is taken at another variable."""
ONE, UNREAD = 0.7, 0.55
"""What it costs that a missing term is 1, or one of those, beside others."""
OPPOSITES = (
    {"max", "min"},
    {"argmax", "argmin"},
    {"maximum", "minimum"},
    {"sum", "mean"},
    {"floor", "ceil"},
    {"zeros", "ones"},
)
OPPOSITE, SELDOM = 0.8, 1.7
"""What opposites cost, which are easily taken for each other, and what hardly anyone takes for the other."""
RARE = ("expm1", "exp2", "log1p")
EXPLICIT = 0.5
"""What is said in so many words costs less than what would have to be added."""
