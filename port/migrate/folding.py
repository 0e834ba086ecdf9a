"""Texts that can be told before the program runs, for `eval`: literals, and texts that a loop builds of a pattern.

The optimisers of many courses build a call in a loop, `argstr = [argstr, ',P', int2str(i)]`, and `eval` it.  The
text is then `head + pattern * count + tail`, which is a call with a slice of P1, P2, ... as arguments.
"""

import re

from port.migrate.parser import parse
from port.migrate.scope import Hole, Repeat, Scope, Template
from port.migrate.syntax import (
    Assign,
    Body,
    Call,
    Expression,
    For,
    Matrix,
    Name,
    Number,
    Paren,
    Range,
    Statement,
    Text,
    root,
    statements,
)

_NUMBER_TEXTS = ("int2str", "num2str")
REPEATED = "repeated_arguments"


def note_template(scope: Scope, name: str, value: Expression) -> None:
    """Remember what is known of a text variable."""
    template = template_of(scope, value)
    if template is None:
        scope.templates.pop(name, None)
    else:
        scope.templates[name] = template


def template_of(scope: Scope, value: Expression) -> Template | None:
    """What is known of a text; None for nothing."""
    if isinstance(value, Paren):
        return template_of(scope, value.inner)
    if isinstance(value, Text):
        return Template((value.value,))
    if isinstance(value, Name):
        return scope.templates.get(value.id)
    if isinstance(value, Matrix) and len(value.rows) == 1:
        return _joined(scope, value.rows[0])
    if isinstance(value, Call) and isinstance(value.base, Name) and value.base.id == "strcat":
        return _joined(scope, value.arguments)
    if isinstance(value, Call) and isinstance(value.base, Name) and value.base.id in _NUMBER_TEXTS:
        number = value.arguments[0] if value.arguments else None
        return Template((str(number.value),)) if isinstance(number, Number) else None
    return None


def _joined(scope: Scope, parts: tuple[Expression, ...]) -> Template | None:
    found: list[str | Repeat] = []
    for part in parts:
        template = template_of(scope, part)
        if template is None:
            return None
        found.extend(template.parts)
    return Template(tuple(found))


def template_loop(scope: Scope, loop: For) -> bool:
    """Whether a loop only appends a pattern to a known text; then the text is known after it."""
    body = [s for s in loop.body if isinstance(s, Assign)]
    if (
        len(body) != 1
        or len(list(statements(loop.body))) != len([*loop.body])
        or not isinstance(loop.target, Name)
    ):
        return False
    target, value = body[0].targets[0], body[0].value
    over = loop.over.inner if isinstance(loop.over, Paren) else loop.over
    if (
        not isinstance(target, Name)
        or not isinstance(value, Matrix)
        or len(value.rows) != 1
        or not isinstance(over, Range)
    ):
        return False
    before = scope.templates.get(target.id)
    row = value.rows[0]
    starts = isinstance(over.start, Number) and over.start.value == 1 and over.step is None
    if before is None or not starts or not row or not (isinstance(row[0], Name) and row[0].id == target.id):
        return False
    pieces = [_piece(part, loop.target.id) for part in row[1:]]
    if any(p is None for p in pieces):
        return False
    repeat = Repeat(loop.target.id, over.stop, tuple(p for p in pieces if p is not None))
    scope.templates[target.id] = Template((*before.parts, repeat))
    return True


def _piece(part: Expression, counter: str) -> str | Hole | None:
    if isinstance(part, Text):
        return part.value
    called = isinstance(part, Call) and isinstance(part.base, Name) and part.base.id in _NUMBER_TEXTS
    if called and isinstance(part, Call) and part.arguments and part.arguments[0] == Name(counter):
        return Hole(counter)
    return None


def folded_statements(scope: Scope, text: Expression) -> Body | None:
    """The statements that a text stands for; None where the text is not known."""
    template = template_of(scope, text)
    if template is None:
        return None
    pieces: list[str] = []
    for part in template.parts:
        piece = part if isinstance(part, str) else _repeated(scope, part)
        if piece is None:
            return None
        pieces.append(piece)
    parsed = parse("".join(pieces))
    if parsed.refusals or parsed.functions:
        return None
    found: tuple[Statement, ...] = parsed.script
    targets = {root(t) for s in found if isinstance(s, Assign) for t in s.targets if t is not None}
    scope.variables = scope.variables | {name for name in targets if name}
    return found


def _repeated(scope: Scope, repeat: Repeat) -> str | None:
    """`,P1,P2,...` up to a count as `,repeated_arguments{:}`, a cell of the parameters P1, P2, ... up to it.

    Nothing where there is no P1: then the count cannot be above 0.
    """
    if (
        len(repeat.parts) != 2
        or not isinstance(repeat.parts[0], str)
        or not isinstance(repeat.parts[1], Hole)
    ):
        return None
    match = re.fullmatch(r"\s*,\s*([A-Za-z_]\w*?)", repeat.parts[0])
    if match is None:
        return None
    stem = match.group(1)
    names: list[str] = []
    while f"{stem}{len(names) + 1}" in scope.variables:
        names.append(f"{stem}{len(names) + 1}")
    if not names:
        return ""
    scope.repeats = (names, repeat.count)
    return f",{REPEATED}{{:}}"
