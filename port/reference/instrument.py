"""Read the outline of a MATLAB function file, and make a copy of it that shows its variables before it returns.

Comments, strings and what stands in brackets are left aside; what remains are words, and a few of them (`function`,
`end`, `return`, `if`, ...) are all that is needed here.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from port.errors import SourceError

OPENERS = {"if", "for", "while", "switch", "try", "parfor", "unwind_protect", "do", "arguments"}
CLOSERS = {
    "end", "endif", "endfor", "endwhile", "endswitch", "end_try_catch", "endfunction", "endparfor", "until",
    "end_unwind_protect",
}  # fmt: skip
HEADER = re.compile(r"\s*(?:(?P<outputs>\[[^\]]*\]|\w+)\s*=\s*)?(?P<name>\w+)\s*(?:\((?P<inputs>[^)]*)\))?")
SHOW = (
    "matport_v = struct(); for matport_n = who', matport_v.(matport_n{1}) = eval(matport_n{1}); end, "
    "matport_recorder('%s', matport_v);"
)


@dataclass(frozen=True)
class Word:
    """A word outside comments, strings and brackets, with its place in the source."""

    text: str
    start: int
    end: int


@dataclass(frozen=True)
class Signature:
    """The first function of a file: its name, outputs and inputs as they are declared."""

    name: str
    outputs: tuple[str, ...]
    inputs: tuple[str, ...]


def signature(source: str) -> Signature | None:
    """The first function of a function file; None for a script."""
    first = next(words(source), None)
    if first is None or first.text != "function":
        return None
    header = HEADER.match(_plain(source), first.end)
    if header is None:
        raise SourceError(f"line {source.count(chr(10), 0, first.start) + 1}: this function has no name")
    outputs, inputs = (_names(header[part]) for part in ("outputs", "inputs"))
    return Signature(header["name"], outputs, inputs)


def instrumented(source: str) -> str:
    """The source with its variables shown to `matport_recorder` when it starts and wherever it returns.

    A function file shows those of its first function, a script all there are. Raises SourceError where a block of
    the function does not close.
    """
    if signature(source) is None:
        return f"{SHOW % 'enter'}\n{source}\n{SHOW % 'leave'}\n"
    start, body = _body(source)
    inserts = [(start, f"\n{SHOW % 'enter'}\n")]
    level, stop = 1, len(source)
    for word in body:
        level += (word.text in OPENERS) - (word.text in CLOSERS)
        if word.text == "return":
            inserts.append((word.start, f"{SHOW % 'leave'} "))
        if level == 0 or (word.text == "function" and level == 1):
            stop = word.start
            break
    if level > 1:
        raise SourceError("the blocks of this function do not close: an `end` is missing")
    return _inserted(source, [*inserts, (stop, f"\n{SHOW % 'leave'}\n")])


def _body(source: str) -> tuple[int, list[Word]]:
    """Where the statements of the first function start, after its `arguments` block, and the words from there."""
    plain = _plain(source)
    found = list(words(source))
    header = HEADER.match(plain, found[0].end)
    start = header.end() if header else found[0].end
    body = [word for word in found if word.start >= start]
    if body and body[0].text == "arguments":
        closing = next((place for place, word in enumerate(body) if word.text == "end"), 0)
        return body[closing].end, body[closing + 1 :]
    return start, body


def words(source: str) -> Iterator[Word]:
    """The words of the source that stand outside comments, strings, brackets and field names."""
    depth = 0
    for match in re.finditer(r"[(\[{]|[)\]}]|\.?\b[A-Za-z_]\w*", _plain(source)):
        text = match[0]
        if text in "([{":
            depth += 1
        elif text in ")]}":
            depth = max(0, depth - 1)
        elif depth == 0 and not text.startswith("."):
            yield Word(text, match.start(), match.end())


def identifiers(source: str) -> set[str]:
    """Every identifier of the source, also those in brackets, strings and comments: what it may call."""
    return set(re.findall(r"[A-Za-z_]\w*", source))


def _plain(source: str) -> str:
    """The source with comments, strings and continuations blanked, character for character."""
    lines, block = [], 0
    for line in source.splitlines(keepends=True):
        stripped = line.strip()
        if stripped in ("%{", "#{"):
            block += 1
        if block:
            lines.append(re.sub(r"[^\n]", " ", line))
        else:
            lines.append(_plain_line(line))
        if stripped in ("%}", "#}") and block:
            block -= 1
    return "".join(lines)


def _plain_line(line: str) -> str:
    """One line with its strings and its comment blanked; a line end after `...` is blanked too."""
    kept: list[str] = []
    at = 0
    while at < len(line):
        character = line[at]
        if character in "%#":
            return "".join(kept) + re.sub(r"[^\n]", " ", line[at:])
        if line.startswith("...", at):
            return "".join(kept) + " " * (len(line) - at)
        if character == '"' or (character == "'" and not re.search(r"[\w)\]}.']$", line[:at])):
            string = re.compile(
                rf"{character}(?:[^{character}\n]|{character}{character})*{character}?"
            ).match(line, at)
            length = len(string[0]) if string else 1
            kept.append(" " * length)
            at += length
        else:
            kept.append(character)
            at += 1
    return "".join(kept)


def _names(text: str | None) -> tuple[str, ...]:
    return tuple(re.findall(r"[A-Za-z_]\w*|~", text or ""))


def _inserted(source: str, inserts: list[tuple[int, str]]) -> str:
    parts, last = [], 0
    for position, text in inserts:
        parts += [source[last:position], text]
        last = position
    return "".join([*parts, source[last:]])
