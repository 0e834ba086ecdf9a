"""MATLAB source with `matport_record` called after every statement that sets a variable.

Calls are put into the lines that are there, so that an error of the recorded run has the line of the source. Sites
count from 1, as the recorder's counters do.
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from port.migrate import syntax
from port.migrate.syntax import (
    Assign,
    Binary,
    Body,
    Brace,
    Call,
    Expression,
    Field,
    File,
    Function,
    Name,
    Paren,
    Statement,
)
from port.migrate.trace import Site

NOTHING = "if 0, end;"
CLEARING = ("clear", "clearvars", "clc", "close")
NAMED_BY_OPERATOR = ("|", "&")


class Edit(NamedTuple):
    """Text to put in at an offset of the source, in place of what is there up to `end`."""

    start: int
    end: int
    text: str


def instrument(parsed: File, file: str, sites: list[Site]) -> str:
    """The instrumented source; the places it names are appended to `sites`."""
    instrumenter = Instrumenter(parsed, file, sites)
    edits = list(instrumenter.body(parsed.script))
    for function in parsed.functions:
        edits += instrumenter.of_function(function)
    return applied(parsed.source, edits)


def applied(source: str, edits: Sequence[Edit]) -> str:
    """The source with all edits made."""
    parts, position = [], 0
    for edit in sorted(edits, key=lambda edit: (edit.start, edit.end)):
        parts += [source[position : edit.start], edit.text]
        position = edit.end
    return "".join([*parts, source[position:]])


class Instrumenter:
    """The edits of one file."""

    def __init__(self, parsed: File, file: str, sites: list[Site]) -> None:
        self.source, self.file, self.sites, self.function = parsed.source, file, sites, ""
        self.variables = variables(parsed.script)

    def site(self, node: syntax.Node, name: str, kind: str, path: str = "") -> int:
        """The number of a new site."""
        span = node.span
        end_line = span.line if isinstance(node, Function) else span.end_line
        self.sites.append(Site(self.file, span.line, end_line, self.function, name, kind, path))
        return len(self.sites)

    def record(self, node: syntax.Node, name: str, kind: str, path: str = "") -> str:
        """The call that keeps a variable."""
        return f"matport_record({self.site(node, name, kind, path)}, matport_frame, {name});"

    def of_function(self, function: Function) -> Iterator[Edit]:
        """The edits in a function: a new frame and its parameters on entry, then its body."""
        self.function, self.variables = function.name, {*function.parameters, *variables(function.body)}
        first = first_statement(function.body)
        if first is not None:
            entry = ["matport_frame = matport_record('enter');"]
            for position, name in enumerate(function.parameters, 1):
                if name != "~":
                    call = self.record(function, name, "argument")
                    entry.append(call if name == "varargin" else f"if nargin >= {position}, {call} end;")
            yield Edit(first.span.start, first.span.start, f"{' '.join(entry)} ")
        yield from self.body(function.body)
        self.function = ""

    def body(self, body: Body) -> Iterator[Edit]:
        for statement in body:
            yield from self.statement(statement)

    def statement(self, statement: Statement) -> Iterator[Edit]:
        """The edits for a statement and what is inside it."""
        if isinstance(statement, Assign):
            yield self.after(
                statement, [call for target in statement.targets for call in self.set(statement, target)]
            )
        elif isinstance(statement, syntax.For):
            yield from self.loop(statement)
        elif isinstance(statement, syntax.If):
            for condition, body in statement.branches:
                yield from self.condition(condition, "if")
                yield from self.body(body)
            yield from self.body(statement.otherwise)
        elif isinstance(statement, syntax.While | syntax.DoUntil):
            yield from self.condition(statement.condition, "while")
            first = len(self.sites)
            yield from self.body(statement.body)
            yield self.after(statement, self.left_out(first))
        elif isinstance(statement, syntax.Switch):
            for _, body in statement.cases:
                yield from self.body(body)
            yield from self.body(statement.otherwise)
        elif isinstance(statement, syntax.Try):
            yield from self.body(statement.body)
            yield from self.body(statement.handler)
        elif isinstance(statement, syntax.Unwind):
            yield from self.body(statement.body)
            yield from self.body(statement.cleanup)
        elif clears_everything(statement):
            yield Edit(statement.span.start, statement.span.end, NOTHING)

    def after(self, statement: Statement, calls: Sequence[str]) -> Edit:
        """Calls behind a statement, whether or not it is closed."""
        end = statement.span.end
        closed = self.source[:end].rstrip().endswith((";", ","))
        return Edit(end, end, "".join([" " if closed else "; ", *calls]) if calls else "")

    def set(self, statement: Statement, target: Expression | None) -> Iterator[str]:
        """The calls for one target of an assignment; the part behind the variable, where it holds others."""
        name = None if target is None else syntax.root(target)
        if target is None or name is None:
            return
        path = self.text(target)[len(name) :]
        yield self.record(statement, name, "assign", path)
        part = holder(target) or target
        if not isinstance(part, Name) and self.readable(part, name) and not deletes(statement):
            site = self.site(statement, name, "part", self.text(part)[len(name) :])
            yield f" matport_record({site}, matport_frame, {self.text(part)});"

    def readable(self, part: Expression, name: str) -> bool:
        """Whether reading a part again gives what was set: no `end`, no function called, no index of the variable."""
        inner = [node for node in syntax.walk(part) if node is not part]
        own = [node for node in inner if isinstance(node, Name) and node.id == name]
        calls = [node for node in inner if isinstance(node, Call)]
        known = all(isinstance(node.base, Name) and node.base.id in self.variables for node in calls)
        called = [node for node in inner if isinstance(node, Name) and node.id not in self.variables]
        refused = any(
            isinstance(node, syntax.End | syntax.Matrix | syntax.Lambda | syntax.Handle) for node in inner
        )
        listed = isinstance(part, Brace | Field) and any(
            isinstance(node, syntax.Colon | syntax.Range) for node in inner
        )
        return len(own) == 1 and known and not (called or refused or listed)

    def text(self, node: syntax.Node) -> str:
        return self.source[node.span.start : node.span.end].strip()

    def loop(self, statement: syntax.For) -> Iterator[Edit]:
        """The loop's variable at the start of each turn, and behind the loop what was left out in it."""
        first, start = len(self.sites), first_statement(statement.body)
        name = syntax.root(statement.target)
        if name and start is not None:
            call = self.record(head(statement), name, "loop")
            yield Edit(start.span.start, start.span.start, f"{call} ")
        yield from self.body(statement.body)
        yield self.after(statement, self.left_out(first))

    def left_out(self, first: int) -> list[str]:
        """For large arrays that a loop set: the calls that keep them as the loop leaves them."""
        return [
            f"if matport_record('left', {number}), matport_record({number}, matport_frame, {site.name}); end;"
            for number, site in enumerate(self.sites, 1)
            if number > first and site.kind == "assign"
        ]

    def condition(self, condition: Expression, word: str) -> Iterator[Edit]:
        """The condition of an `if` or `while`; `|` and `&` there are left alone, for they skip their right side."""
        inner = condition.inner if isinstance(condition, Paren) else condition
        if isinstance(inner, Binary) and inner.op in NAMED_BY_OPERATOR:
            return
        number = self.site(condition, word, "test")
        yield Edit(condition.span.start, condition.span.start, f"(matport_test({number}, matport_frame, ")
        yield Edit(condition.span.end, condition.span.end, "))")


def head(statement: syntax.For) -> Statement:
    """A loop without its body, for its span."""
    span, end = statement.span, statement.over.span
    return syntax.For(
        statement.target,
        statement.over,
        (),
        span=span._replace(end_line=end.end_line, end_column=end.end_column),
    )


def first_statement(body: Body) -> Statement | None:
    """The first statement that does something."""
    return next((item for item in body if not isinstance(item, syntax.Comment | syntax.Blank)), None)


def holder(target: Expression) -> Expression | None:
    """Of `nn.W{i}(:, 1)` the longest part that ends in a field or braces: `nn.W{i}`."""
    while isinstance(target, Call):
        target = target.base
    return target if isinstance(target, Brace | Field) else None


def variables(body: Body) -> set[str]:
    """The names that statements set."""
    found: set[str] = set()
    for node in syntax.walk_body(body):
        targets = (
            node.targets
            if isinstance(node, Assign)
            else (node.target,)
            if isinstance(node, syntax.For)
            else ()
        )
        found |= {name for target in targets if target is not None and (name := syntax.root(target))}
    return found


def deletes(statement: Statement) -> bool:
    """`x(2, :) = []`."""
    value = statement.value if isinstance(statement, Assign) else None
    return isinstance(value, syntax.Matrix) and not value.rows


def clears_everything(statement: Statement) -> bool:
    """`clear`, `clear all`, `clc`, `close all`: they have nothing to do in a recorded run."""
    if isinstance(statement, syntax.Command):
        return statement.name in CLEARING and all(
            word in ("all", "-all", "variables") for word in statement.arguments
        )
    return (
        isinstance(statement, syntax.Evaluate)
        and isinstance(statement.value, syntax.Name)
        and statement.value.id in CLEARING
    )
