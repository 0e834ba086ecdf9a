"""Python source with a recorder called after every statement that sets a variable.

The transform is on the syntax tree and keeps every line number, so that a traceback of the recorded run is that
of the source. The recorder is the global `__matport__`; `__matport_frame__` tells the calls of a function apart.
"""

import ast
from collections.abc import Collection, Iterator, Sequence
from typing import Any

from port.migrate.trace import Site

RECORDER, FRAME = "__matport__", "__matport_frame__"
OWN = ("self", "cls")
PURE = (ast.Name, ast.Constant, ast.BinOp, ast.UnaryOp, ast.Slice, ast.Tuple, ast.Attribute, ast.Subscript)
PURE_PARTS = (ast.operator, ast.unaryop, ast.expr_context)


def instrument(
    source: str,
    file: str,
    sites: list[Site],
    only: Collection[int] | None = None,
    replaced: Collection[int] = (),
) -> ast.Module:
    """The syntax tree of `source` with calls of the recorder; the places they name are appended to `sites`.

    only: the lines whose statements are recorded, where not all are. replaced: the lines at which the recorder may
    put other values in place of what was set. Raises SyntaxError where the source is no
    Python.
    """
    tree = ast.parse(source, filename=file)
    head = [] if not _opens_with_text(tree.body) else [tree.body.pop(0)]
    while tree.body and isinstance(tree.body[0], ast.ImportFrom) and tree.body[0].module == "__future__":
        head.append(tree.body.pop(0))
    changed: ast.Module = Instrumenter(file, sites, only, replaced).visit(tree)
    start = ast.parse(f"{FRAME} = 0").body
    changed.body[:0] = [*head, *start]
    return ast.fix_missing_locations(changed)


class Instrumenter(ast.NodeTransformer):
    """Puts the calls in; `sites` grows by one for each name that a statement sets."""

    def __init__(
        self,
        file: str,
        sites: list[Site],
        only: Collection[int] | None = None,
        replaced: Collection[int] = (),
    ) -> None:
        self.file, self.sites, self.only, self.lines_replaced = file, sites, only, replaced
        self.function = ""

    def visit(self, node: ast.AST) -> Any:
        """Visit a node; of a statement that is not recorded only the statements inside it."""
        if self.only is None or not isinstance(node, ast.stmt) or node.lineno in self.only:
            return super().visit(node)
        for name in ("body", "orelse", "finalbody", "handlers"):
            inner = getattr(node, name, [])
            changed = [self.visit(item) for item in inner]
            inner[:] = [part for item in changed for part in (item if isinstance(item, list) else [item])]
        return node

    def site(self, node: ast.stmt | ast.expr, name: str, kind: str, path: str = "", end: int = 0) -> ast.expr:
        """The number of a new site, as a constant."""
        place = Site(
            self.file, node.lineno, end or node.end_lineno or node.lineno, self.function, name, kind, path
        )
        self.sites.append(place)
        return ast.Constant(len(self.sites) - 1)

    def call(self, method: str, site: ast.expr, *arguments: ast.expr) -> ast.Call:
        """`__matport__.method(site, __matport_frame__, ...)`."""
        recorder = ast.Attribute(ast.Name(RECORDER, ast.Load()), method, ast.Load())
        return ast.Call(recorder, [site, ast.Name(FRAME, ast.Load()), *arguments], [])

    def after(
        self, node: ast.stmt, targets: Sequence[ast.expr], kind: str = "assign", end: int = 0
    ) -> list[ast.stmt]:
        """The statements that record what a statement set."""
        calls = [call for target in targets for call in self.records(node, target, kind, end)]
        return self.statements(node, calls)

    def statements(self, node: ast.stmt, calls: Sequence[ast.Call]) -> list[ast.stmt]:
        """Calls that record as statements, behind `x = __matport__.replaced(site, frame, x)` where that is wanted."""
        made: list[ast.stmt] = []
        for call in calls:
            if node.lineno in self.lines_replaced:
                made.append(self.replacement(call.args[0]))
            made.append(ast.Expr(call))
        return [ast.copy_location(item, node) for item in made]

    def replacement(self, site: ast.expr) -> ast.stmt:
        """`x = __matport__.replaced(site, frame, x)`."""
        assert isinstance(site, ast.Constant)
        name = self.sites[int(site.value)].name  # type: ignore[arg-type]
        made = ast.parse(f"{name} = 0").body[0]
        assert isinstance(made, ast.Assign)
        made.value = self.call("replaced", site, ast.parse(name, mode="eval").body)
        return made

    def records(self, node: ast.stmt, target: ast.expr, kind: str, end: int) -> Iterator[ast.Call]:
        """The calls for one target: a name, a part of one, or several of these."""
        if isinstance(target, ast.Tuple | ast.List):
            for item in target.elts:
                yield from self.records(node, item, kind, end)
        elif isinstance(target, ast.Starred):
            yield from self.records(node, target.value, kind, end)
        elif isinstance(target, ast.Name):
            yield self.call("record", self.site(node, target.id, kind, end=end), _load(target))
        elif (base := root(target)) is not None:
            yield self.part(node, base, target, kind, end)

    def part(self, node: ast.stmt, base: ast.Name, target: ast.expr, kind: str, end: int) -> ast.Call:
        """The call for `d[i] = ...` or `s.W = ...`; of `self.W[i] = ...` the attribute is the variable."""
        text, whole = ast.unparse(target), variable(target)
        name = ast.unparse(whole)
        site = self.site(node, name, kind, text[len(name) :], end)
        if text == name or not _is_pure(target) or _reads_itself(target, name):
            return self.call("record", site, _load(whole))
        no_arguments = ast.arguments(posonlyargs=[], args=[], kwonlyargs=[], kw_defaults=[], defaults=[])
        return self.call("record_part", site, _load(whole), ast.Lambda(no_arguments, _load(target)))

    def visit_Assign(self, node: ast.Assign) -> list[ast.stmt]:
        self.generic_visit(node)
        return [node, *self.after(node, node.targets)]

    def visit_AugAssign(self, node: ast.AugAssign) -> list[ast.stmt]:
        self.generic_visit(node)
        return [node, *self.after(node, [node.target])]

    def visit_AnnAssign(self, node: ast.AnnAssign) -> list[ast.stmt]:
        self.generic_visit(node)
        return [node, *self.after(node, [node.target] if node.value else [])]

    def visit_Expr(self, node: ast.Expr) -> list[ast.stmt]:
        """A call on its own may change what it is given: `losses.append(J)`, `np.add(a, b, out=a)`."""
        names = list(dict.fromkeys(_handed_over(node.value)))
        self.generic_visit(node)
        calls = [
            self.call("touch", self.site(node, name, "assign"), ast.Name(name, ast.Load())) for name in names
        ]
        return [node, *self.statements(node, calls)]

    def visit_Return(self, node: ast.Return) -> ast.stmt:
        self.generic_visit(node)
        if isinstance(node.value, ast.Tuple):
            node.value.elts = [
                item if isinstance(item, ast.Starred) else self.given(node, item) for item in node.value.elts
            ]
        elif node.value is not None:
            node.value = self.given(node, node.value)
        return node

    def given(self, node: ast.Return, value: ast.expr) -> ast.expr:
        """A returned value, recorded on its way out."""
        name = value.id if isinstance(value, ast.Name) else "return"
        return self.call("give", self.site(node, name, "return"), value)

    def visit_If(self, node: ast.If) -> ast.stmt:
        self.generic_visit(node)
        site = self.site(node, "if", "test", end=node.test.end_lineno or 0)
        node.test = ast.copy_location(self.call("test", site, node.test), node.test)
        return node

    def visit_IfExp(self, node: ast.IfExp) -> ast.expr:
        self.generic_visit(node)
        node.test = ast.copy_location(self.call("test", self.site(node, "if", "test"), node.test), node.test)
        return node

    def visit_While(self, node: ast.While) -> list[ast.stmt]:
        first = len(self.sites)
        self.generic_visit(node)
        site = self.site(node, "while", "test", end=node.test.end_lineno or 0)
        node.test = ast.copy_location(self.call("test", site, node.test), node.test)
        return [node, *self.settled(node, first)]

    def visit_For(self, node: ast.For) -> list[ast.stmt]:
        first = len(self.sites)
        self.generic_visit(node)
        node.body[:0] = self.after(node, [node.target], "loop", node.iter.end_lineno or 0)
        return [node, *self.settled(node, first)]

    def settled(self, node: ast.stmt, first: int) -> list[ast.stmt]:
        """After a loop: what large arrays the sites from `first` on set last, where the recorder left them out."""
        no_arguments = ast.arguments(posonlyargs=[], args=[], kwonlyargs=[], kw_defaults=[], defaults=[])
        calls = [
            self.call(
                "settle", ast.Constant(index), ast.Lambda(no_arguments, ast.Name(site.name, ast.Load()))
            )
            for index, site in enumerate(self.sites)
            if index >= first
            and site.kind == "assign"
            and site.function == self.function
            and "." not in site.name
        ]
        return [ast.copy_location(ast.Expr(call), node) for call in calls]

    def visit_With(self, node: ast.With) -> ast.stmt:
        self.generic_visit(node)
        targets = [item.optional_vars for item in node.items if item.optional_vars]
        node.body[:0] = self.after(node, targets, end=node.lineno)
        return node

    def visit_FunctionDef(self, node: ast.FunctionDef) -> ast.stmt:
        outer, self.function = self.function, f"{self.function}.{node.name}".lstrip(".")
        text = [node.body.pop(0)] if _opens_with_text(node.body) else []
        listed = node.args
        names = [*listed.posonlyargs, *listed.args, *listed.kwonlyargs]
        names += [extra for extra in (listed.vararg, listed.kwarg) if extra]
        frame = ast.Assign([ast.Name(FRAME, ast.Store())], ast.Call(_enter(), [], []))
        entry = [
            frame,
            *self.arguments(node, [name.arg for name in names if name.arg not in OWN]),
        ]
        self.generic_visit(node)
        node.body = [*text, *(ast.copy_location(statement, node) for statement in entry), *node.body]
        self.function = outer
        return node

    def arguments(self, node: ast.FunctionDef, names: Sequence[str]) -> list[ast.stmt]:
        sites = [self.site(node, name, "argument", end=node.lineno) for name in names]
        return [
            ast.Expr(self.call("record", site, ast.Name(name, ast.Load())))
            for site, name in zip(sites, names, strict=True)
        ]

    def visit_ClassDef(self, node: ast.ClassDef) -> ast.stmt:
        """Methods are recorded, the statements of the class body are not."""
        outer, self.function = self.function, f"{self.function}.{node.name}".lstrip(".")
        node.body = [
            self.visit(item) if isinstance(item, ast.FunctionDef | ast.ClassDef) else item
            for item in node.body
        ]
        self.function = outer
        return node


def root(target: ast.expr) -> ast.Name | None:
    """The variable that `d[i].W` belongs to."""
    while isinstance(target, ast.Subscript | ast.Attribute):
        target = target.value
    return target if isinstance(target, ast.Name) else None


def variable(target: ast.expr) -> ast.expr:
    """What of a target is the variable: `d` of `d[i].W`, `self.W` of `self.W[i]`."""
    inner = target
    while isinstance(inner, ast.Subscript | ast.Attribute):
        target, inner = inner, inner.value
    is_own = isinstance(inner, ast.Name) and inner.id in OWN and isinstance(target, ast.Attribute)
    return target if is_own else inner


def _enter() -> ast.expr:
    return ast.Attribute(ast.Name(RECORDER, ast.Load()), "enter", ast.Load())


def _load(target: ast.expr) -> ast.expr:
    """A copy of a target, to be read."""
    return ast.parse(ast.unparse(target), mode="eval").body


def _is_pure(target: ast.expr) -> bool:
    """Whether reading a target again does nothing but read."""
    return all(isinstance(node, (*PURE, *PURE_PARTS)) for node in ast.walk(target))


def _reads_itself(target: ast.expr, name: str) -> bool:
    """Whether the subscript depends on the variable: `x[x < 0]`."""
    found = [
        node
        for node in ast.walk(target)
        if isinstance(node, ast.Name | ast.Attribute) and ast.unparse(node) == name
    ]
    return len(found) > 1


def _handed_over(value: ast.expr) -> Iterator[str]:
    """The variables that a call on its own could change: its receiver and its arguments."""
    if not isinstance(value, ast.Call):
        return
    receiver = [value.func] if isinstance(value.func, ast.Attribute) else []
    for item in [*receiver, *value.args, *(keyword.value for keyword in value.keywords)]:
        base = root(item)
        if base is not None:
            yield base.id


def _opens_with_text(body: Sequence[ast.stmt]) -> bool:
    """Whether the first statement is a docstring."""
    first = body[0] if body else None
    return (
        isinstance(first, ast.Expr)
        and isinstance(first.value, ast.Constant)
        and isinstance(first.value.value, str)
    )
