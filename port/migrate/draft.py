"""A port beside the translation of its original: which statements are the translation's, and which were changed.

A port that is mostly its translation was translated and then edited. Layout and comments do not count: statements are
compared as syntax, in order.
"""

import ast
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from pathlib import PurePosixPath

from port.errors import MatportError
from port.migrate.edits import Edit, codes_between
from port.migrate.observe import Facts, facts_of
from port.migrate.scope import python_name
from port.migrate.trace import Trace
from port.migrate.translation import translate

TRANSLATED = 0.6
"""The share of statements that a port has in common with a translation, from which on it is one."""
COST = 0.3


@dataclass(frozen=True)
class Item:
    """A statement, of one with a body its head."""

    text: str
    node: ast.stmt


@dataclass(frozen=True)
class Draft:
    """One file of a port and its translation.

    lines: the line of MATLAB behind a line of the port. changed: the statements that are not the translation's,
    each with what that has in its place. shared: how many statements are the same.
    """

    shared: int
    lines: Mapping[int, int]
    changed: tuple[tuple[Item, Item], ...]


def drafts(matlab: Trace, python: Trace) -> dict[str, Draft]:
    """For each file of a port that is a translation: how it compares; empty where the called one is none."""
    sources = {python_name(PurePosixPath(name).stem): name for name in matlab.sources}
    observed = facts_of(matlab)
    found = {}
    for name, text in python.sources.items():
        original = sources.get(PurePosixPath(name).stem)
        if original is not None:
            made = [drafted(matlab.sources[original], original, text, facts) for facts in (observed, None)]
            known = [draft for draft in made if draft is not None]
            if known:
                found[name] = max(known, key=lambda draft: draft.shared)
    return found if python.entry in found else {}


def drafted(original: str, name: str, port: str, facts: Facts | None) -> Draft | None:
    """A port beside the translation of its original, with or without facts of a run; None where it is none."""
    try:
        made = translate(original, facts=facts, filename=PurePosixPath(name).name)
    except MatportError:
        return None
    return compared(made.python, port, {line: span.line for line, span in made.source_map.spans.items()})


def compared(translation: str, port: str, spans: Mapping[int, int]) -> Draft | None:
    """A port beside a translation whose lines come from `spans`; None where it is something else."""
    ours, theirs = list(items(ast.parse(translation))), list(items(ast.parse(port)))
    matcher = SequenceMatcher(
        None, [item.text for item in ours], [item.text for item in theirs], autojunk=False
    )
    common = sum(block.size for block in matcher.get_matching_blocks())
    if not ours or common < TRANSLATED * max(len(ours), len(theirs)):
        return None
    lines: dict[int, int] = {}
    changed = []
    for tag, a, a_end, b, b_end in matcher.get_opcodes():
        if tag == "equal" or (tag == "replace" and a_end - a == b_end - b):
            for want, got in zip(ours[a:a_end], theirs[b:b_end], strict=True):
                if want.node.lineno in spans:
                    lines[got.node.lineno] = spans[want.node.lineno]
                if tag == "replace" and type(want.node) is type(got.node):
                    changed.append((got, want))
    return Draft(common, lines, tuple(changed))


def items(node: ast.AST) -> Iterator[Item]:
    """Every statement below a node, in order, without imports and texts."""
    for name in ("body", "handlers", "orelse", "finalbody"):
        for inner in getattr(node, name, []):
            if isinstance(inner, ast.stmt):
                is_text = isinstance(inner, ast.Expr) and isinstance(inner.value, ast.Constant)
                if not isinstance(inner, ast.Import | ast.ImportFrom) and not is_text:
                    yield Item(head(inner), inner)
                yield from items(inner)
            elif isinstance(inner, ast.excepthandler):
                yield from items(inner)


def head(node: ast.stmt) -> str:
    """A statement as text, of one with a body its first line."""
    return ast.unparse(node) if not hasattr(node, "body") else ast.unparse(node).splitlines()[0]


def as_translated(source: str, draft: Draft) -> list[Edit]:
    """For each changed statement the source with the translation's in its place."""
    return [
        edit for got, want in draft.changed if (edit := restored(source, got.node, want.node)) is not None
    ]


def restored(source: str, got: ast.stmt, want: ast.stmt) -> Edit | None:
    """The source with a statement, or the expression in its head, as the translation has it."""
    place, text = (got, ast.unparse(want)) if not hasattr(got, "body") else heads(got, want)
    if place is None:
        return None
    lines = source.encode().splitlines(keepends=True)
    start = sum(map(len, lines[: place.lineno - 1])) + place.col_offset
    end = sum(map(len, lines[: (place.end_lineno or place.lineno) - 1])) + (place.end_col_offset or 0)
    data = source.encode()
    before = data[start:end].decode()
    breaks = "\n" * before.count("\n")
    new = f"{text}{breaks}" if place is got else f"({text}{breaks})"
    code, what = codes_between(got, want)
    changed = (data[:start] + new.encode() + data[end:]).decode()
    return Edit(got.lineno, changed, ast.unparse(place), text, code, what, COST)


def heads(got: ast.stmt, want: ast.stmt) -> tuple[ast.expr | None, str]:
    """What decides in the head of a loop or a branch, and the text of its counterpart."""
    for name in ("iter", "test"):
        place, other = getattr(got, name, None), getattr(want, name, None)
        if isinstance(place, ast.expr) and isinstance(other, ast.expr):
            return place, ast.unparse(other)
    return None, ""
