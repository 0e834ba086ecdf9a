"""The MATLAB syntax tree: small frozen nodes, each with the span of source text that it came from."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple


class Span(NamedTuple):
    """A stretch of normalised source: lines and columns count from 1, `start:end` are offsets, ends excluded."""

    line: int
    column: int
    end_line: int
    end_column: int
    start: int
    end: int


NOWHERE = Span(0, 0, 0, 0, 0, 0)


@dataclass(frozen=True, slots=True)
class Node:
    """Root of all nodes."""

    span: Span = field(default=NOWHERE, kw_only=True, compare=False)


class Expression(Node):
    """Anything with a value."""

    __slots__ = ()


class Statement(Node):
    """Anything that stands on its own."""

    __slots__ = ()


Body = tuple[Statement, ...]
Row = tuple[Expression, ...]


@dataclass(frozen=True, slots=True)
class Number(Expression):
    value: complex | float | int
    text: str


@dataclass(frozen=True, slots=True)
class Text(Expression):
    """A string literal, its escapes already read; `double` for Octave's double quotes."""

    value: str
    double: bool = False


@dataclass(frozen=True, slots=True)
class Name(Expression):
    id: str


@dataclass(frozen=True, slots=True)
class Colon(Expression):
    """A bare `:` as subscript."""


@dataclass(frozen=True, slots=True)
class End(Expression):
    """`end` inside a subscript."""


@dataclass(frozen=True, slots=True)
class Unary(Expression):
    """`-x`, `+x` or `~x`."""

    op: str
    operand: Expression


@dataclass(frozen=True, slots=True)
class Transpose(Expression):
    """`x'` (op `'`) or `x.'`."""

    op: str
    operand: Expression


@dataclass(frozen=True, slots=True)
class Binary(Expression):
    op: str
    left: Expression
    right: Expression


@dataclass(frozen=True, slots=True)
class Range(Expression):
    start: Expression
    step: Expression | None
    stop: Expression


@dataclass(frozen=True, slots=True)
class Paren(Expression):
    """`(x)`: kept, for it turns a comma list into one value and shows where the author grouped."""

    inner: Expression


@dataclass(frozen=True, slots=True)
class Call(Expression):
    """`base(arguments)`: a subscript or a call; syntax alone cannot tell."""

    base: Expression
    arguments: Row


@dataclass(frozen=True, slots=True)
class Brace(Expression):
    """`base{arguments}`."""

    base: Expression
    arguments: Row


@dataclass(frozen=True, slots=True)
class Field(Expression):
    """`base.name`, or `base.(name)` when the name is an expression."""

    base: Expression
    name: str | Expression


@dataclass(frozen=True, slots=True)
class Matrix(Expression):
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Cell(Expression):
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Lambda(Expression):
    parameters: tuple[str, ...]
    body: Expression


@dataclass(frozen=True, slots=True)
class Handle(Expression):
    """`@name`."""

    name: str


@dataclass(frozen=True, slots=True)
class Evaluate(Statement):
    """An expression on its own; `shown` when no semicolon hides its value."""

    value: Expression
    shown: bool = False


@dataclass(frozen=True, slots=True)
class Assign(Statement):
    """`target = value`, or `[a, ~, b] = value` with None for `~`."""

    targets: tuple[Expression | None, ...]
    value: Expression
    shown: bool = False
    several: bool = False


@dataclass(frozen=True, slots=True)
class If(Statement):
    branches: tuple[tuple[Expression, Body], ...]
    otherwise: Body = ()


@dataclass(frozen=True, slots=True)
class For(Statement):
    target: Expression
    over: Expression
    body: Body


@dataclass(frozen=True, slots=True)
class While(Statement):
    condition: Expression
    body: Body


@dataclass(frozen=True, slots=True)
class DoUntil(Statement):
    body: Body
    condition: Expression


@dataclass(frozen=True, slots=True)
class Switch(Statement):
    subject: Expression
    cases: tuple[tuple[Expression, Body], ...]
    otherwise: Body = ()


@dataclass(frozen=True, slots=True)
class Try(Statement):
    body: Body
    error: str | None
    handler: Body


@dataclass(frozen=True, slots=True)
class Unwind(Statement):
    """Octave's `unwind_protect`."""

    body: Body
    cleanup: Body


@dataclass(frozen=True, slots=True)
class Leave(Statement):
    """`break`, `continue` or `return`."""

    word: str


@dataclass(frozen=True, slots=True)
class Declare(Statement):
    """`global` or `persistent` names, with Octave's optional initial values."""

    word: str
    names: tuple[str, ...]
    values: tuple[Expression | None, ...]


@dataclass(frozen=True, slots=True)
class Command(Statement):
    """Command syntax: `hold on`, `close all`."""

    name: str
    arguments: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Comment(Statement):
    """One comment line of its own; `text` is without the mark."""

    text: str


@dataclass(frozen=True, slots=True)
class Blank(Statement):
    """An empty line between statements."""


@dataclass(frozen=True, slots=True)
class Unreadable(Statement):
    """What the parser could not read; the refusal says why."""

    message: str
    text: str


@dataclass(frozen=True, slots=True)
class Function(Node):
    """`ended` tells whether the source closes it with `end`; `help` holds the comment lines at its head.

    `defaults` say what Octave's `function f(a, b = 3)` says: `if ~exist('b', 'var'), b = 3; end`.
    """

    name: str
    parameters: tuple[str, ...]
    outputs: tuple[str, ...]
    body: Body
    help: tuple[str, ...] = ()
    ended: bool = False
    defaults: Body = ()


@dataclass(frozen=True, slots=True)
class File(Node):
    """A parsed file: a script's statements (empty for a function file) and its functions in order.

    `source` is the normalised text that the spans refer to; `trailing` maps a line to the comment behind its code.
    """

    source: str
    script: Body
    functions: tuple[Function, ...]
    trailing: dict[int, str]
    refusals: tuple[Unreadable, ...] = ()

    @property
    def is_script(self) -> bool:
        """Whether the file runs statements of its own."""
        return any(not isinstance(s, Comment | Blank) for s in self.script) or not self.functions


_LEAVES = frozenset((Number, Text, Name, Colon, End, Handle, Leave, Command, Comment, Blank, Unreadable))


def children(node: Node) -> list[Node]:
    """The nodes directly below a node, in source order."""
    found: list[Node] = []
    names: tuple[str, ...] = node.__match_args__
    for name in names:
        value = getattr(node, name)
        if isinstance(value, Node):
            found.append(value)
        elif type(value) is tuple and value and not isinstance(value[0], str):
            _collect(value, found)
    return found


def _collect(values: tuple[object, ...], found: list[Node]) -> None:
    """Append the nodes in nested tuples."""
    for value in values:
        if isinstance(value, Node):
            found.append(value)
        elif type(value) is tuple:
            _collect(value, found)


def walk(node: Node) -> Iterator[Node]:
    """A node and everything below it, parents first."""
    stack = [node]
    while stack:
        current = stack.pop()
        yield current
        if type(current) not in _LEAVES:
            below = children(current)
            below.reverse()
            stack += below


def height(node: Node) -> int:
    """How many levels of nodes there are, the node's own included."""
    level, count = [node], 0
    while level:
        level = [child for parent in level if type(parent) not in _LEAVES for child in children(parent)]
        count += 1
    return count


def walk_body(body: Body) -> Iterator[Node]:
    """Everything in a list of statements."""
    for statement in body:
        yield from walk(statement)


def statements(body: Body) -> Iterator[Statement]:
    """Every statement of a body, nested ones too, in source order."""
    for statement in body:
        yield statement
        for block in blocks(statement):
            yield from statements(block)


def blocks(statement: Statement) -> list[Body]:
    """The blocks directly in a statement."""
    if isinstance(statement, If):
        return [*(block for _, block in statement.branches), statement.otherwise]
    if isinstance(statement, Switch):
        return [*(block for _, block in statement.cases), statement.otherwise]
    if isinstance(statement, Try):
        return [statement.body, statement.handler]
    if isinstance(statement, Unwind):
        return [statement.body, statement.cleanup]
    return [statement.body] if isinstance(statement, For | While | DoUntil) else []


def path_of(target: Expression) -> str:
    """The place an expression names: `nn.W{}` for `nn.W{i}`; a step that is computed ends it."""
    if isinstance(target, Name):
        return target.id
    if isinstance(target, Call | Brace | Field):
        base = path_of(target.base)
        if isinstance(target, Field):
            return f"{base}.{target.name}" if isinstance(target.name, str) else f"{base}."
        return base + ("{}" if isinstance(target, Brace) else "()")
    return ""


def root(target: Expression) -> str | None:
    """The variable an assignment target belongs to: `nn` for `nn.W{i}(:, 1)`."""
    while isinstance(target, Call | Brace | Field):
        target = target.base
    return target.id if isinstance(target, Name) else None
