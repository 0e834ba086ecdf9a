"""MATLAB and Octave source text to tokens, one statement line at a time."""

import codecs
import re
from bisect import bisect_right
from typing import NamedTuple

from port.errors import SourceError
from port.migrate.syntax import Span

KEYWORDS = frozenset(
    """break case catch continue do else elseif end end_try_catch end_unwind_protect endfor endfunction endif
    endswitch endwhile for function global if otherwise parfor persistent return switch try until
    unwind_protect unwind_protect_cleanup while""".split()
)
MOST_TOKENS = 50_000
_TOKEN = re.compile(
    r"""(?P<newline>\n)
    |(?P<comment>[%#])
    |(?P<number>0[xX][0-9a-fA-F]+|(?:\d+(?:\.(?![*/\\^']))?\d*|\.\d+)(?:[eEdD][+-]?\d+)?[ijIJ]?)
    |(?P<name>[A-Za-z_]\w*)
    |(?P<quote>['"])
    |(?P<op>\.?[-+*/\\^]=(?!=)|\.\*\*|\.\^|\.\*|\./|\.\\|\.\+|\.-|\.'|\*\*|==|~=|!=|<=|>=|&&|\|\||\|=|&=
        |[-+*/\\^<>=&|~!,;:()\[\]{}@.?])""",
    re.VERBOSE | re.ASCII,
)
_SPACE = re.compile(r"[ \t\f\v\xa0]*")
_SINGLE = re.compile(r"'((?:[^'\n]|'')*)'")
_DOUBLE = re.compile(r'"((?:[^"\\\n]|\\.|"")*)"', re.DOTALL)
_BLOCK_OPEN = re.compile(r"[ \t]*[%#]\{[ \t]*$", re.MULTILINE)
_BLOCK_CLOSE = re.compile(r"[ \t]*[%#]\}[ \t]*$", re.MULTILINE)
_ESCAPES = {"n": "\n", "t": "\t", "r": "\r", "a": "\a", "b": "\b", "f": "\f", "v": "\v", "0": "\0", "\n": ""}
_KEYWORD = re.compile(r"[ \t]*(?:for|if|while|function|switch|end|else|elseif)\b")
_ASSIGNMENT = re.compile(r"[ \t]*[A-Za-z_]\w*[ \t]*=[^=]")
_OPENERS = {"(": ")", "[": "]", "{": "}"}
_BRACKETS = frozenset("()[]{}")
_VALUES = frozenset(("name", "number", "text", "end"))
_VALUE_ENDS = frozenset((")", "]", "}", "'", ".'"))


class Token(NamedTuple):
    """kind is number, name, keyword, op, text, newline or eof; `space` tells whether white space stands before it."""

    kind: str
    text: str
    start: int
    end: int
    space: bool


def normalise(source: str | bytes) -> str:
    """One line end, a final newline, no byte-order mark; bytes are UTF-16 by their mark, UTF-8 or else Latin-1."""
    text = source if isinstance(source, str) else _decoded(source)
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n").replace("\u2028", "\n")
    text = text.removesuffix("\x1a")  # how DOS ended a file
    return text if text.endswith("\n") else text + "\n"


def _decoded(source: bytes) -> str:
    marked = source.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    try:
        return source.decode("utf-16" if marked else "utf-8-sig")
    except UnicodeDecodeError:
        return source.decode("latin-1")


class Lexer:
    """Reads tokens on demand, so that an error costs one line and not the file."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.lines = [0, *(m.end() for m in re.finditer("\n", source))]
        self.trailing: dict[int, str] = {}
        self.parameters: set[int] = set()
        self.reached = 0

    def line_of(self, offset: int) -> int:
        """The line, from 1, of an offset."""
        return bisect_right(self.lines, offset)

    def span(self, start: int, end: int) -> Span:
        """The span of `source[start:end]`."""
        lines = self.lines
        line = bisect_right(lines, start)
        within = line < len(lines) and end < lines[line]
        end_line = line if within else bisect_right(lines, end)
        return Span(line, start - lines[line - 1] + 1, end_line, end - lines[end_line - 1] + 1, start, end)

    def line_text(self, line: int) -> str:
        """The text of a line, from 1, without its end."""
        end = self.lines[line] if line < len(self.lines) else len(self.source)
        return self.source[self.lines[line - 1] : end].rstrip("\n")

    def error(self, message: str, offset: int) -> SourceError:
        """A SourceError that shows the line, or the part of it around the offset, with a caret under the offset."""
        line = self.line_of(min(offset, max(len(self.source) - 1, 0)))
        column = offset - self.lines[line - 1]
        first = max(0, column - 100)
        shown = self.line_text(line)[first : first + 200].replace("\t", " ")
        return SourceError(f"{line}:{column + 1}: {message}\n    {shown}\n    {' ' * (column - first)}^")

    def statement_line(self, offset: int) -> list[Token]:
        """The tokens from an offset to the newline that ends the statement, that newline included."""
        tokens: list[Token] = []
        brackets: list[tuple[str, int]] = []
        start = offset
        while True:
            space_end = self._skip_space(offset)
            space, offset = space_end > offset, space_end
            if offset >= len(self.source):
                if brackets:
                    raise self.error(f"'{brackets[-1][0]}' is never closed", brackets[-1][1])
                tokens.append(Token("eof", "", offset, offset, space))
                return tokens
            token = self._next(offset, space, tokens, brackets)
            offset = token.end
            if token.kind == "newline" and not brackets:
                tokens.append(token)
                return tokens
            if token.kind == "newline":
                self._may_continue(offset, brackets, tokens)
            if token.kind != "comment" and (token.kind != "newline" or brackets[-1][0] != "("):
                tokens.append(token)
            if len(tokens) > MOST_TOKENS:
                closes = self.source.find(_OPENERS[brackets[0][0]], offset) if brackets else offset
                self.reached = max(offset, closes)
                advice = "keep data in a file and load it, and write statements on lines of their own"
                raise self.error(
                    f"more than {MOST_TOKENS:,} words and numbers stand on one line: {advice}", start
                )

    def _may_continue(self, offset: int, brackets: list[tuple[str, int]], tokens: list[Token]) -> None:
        """Brackets run over lines; one that was forgotten must not swallow the file.

        Behind the comma in the head of a function, `b = 2` is a parameter with its default.
        """
        in_head = tokens[0].text == "function" and tokens[-1].text == ","
        if _KEYWORD.match(self.source, offset) or (_ASSIGNMENT.match(self.source, offset) and not in_head):
            raise self.error(f"'{brackets[-1][0]}' is never closed", brackets[-1][1])

    def _skip_space(self, offset: int) -> int:
        """Past blanks and `...` continuations."""
        while True:
            match = _SPACE.match(self.source, offset)
            offset = match.end() if match else offset
            if not self.source.startswith("...", offset):
                return offset
            end = self.source.find("\n", offset)
            rest = self.source[offset + 3 : end].strip().lstrip("%#").strip()
            if rest:
                self.trailing[self.line_of(offset)] = rest
            offset = end + 1

    def _next(self, offset: int, space: bool, tokens: list[Token], brackets: list[tuple[str, int]]) -> Token:
        """The token at an offset."""
        match = _TOKEN.match(self.source, offset)
        if match is None:
            raise self.error(f"the character {self.source[offset]!r} means nothing here", offset)
        kind, text = str(match.lastgroup), match.group()
        if kind == "comment":
            return self._comment(offset, space)
        if kind == "quote":
            if text == "'" and self._transposes(offset, space, tokens, brackets):
                return Token("op", "'", offset, offset + 1, space)
            return self._text(offset, space)
        if kind == "name" and text in KEYWORDS and not (tokens and tokens[-1].text == "." and not space):
            kind = "end" if text == "end" and brackets else "keyword"
        if kind == "op" and text in _BRACKETS:
            self._track(text, offset, tokens, brackets)
        return Token(kind, text, offset, match.end(), space)

    def _comment(self, offset: int, space: bool) -> Token:
        """A comment up to the line end, or a whole block; kept as the line's trailing comment."""
        line_start = self.lines[self.line_of(offset) - 1]
        if _BLOCK_OPEN.match(self.source, line_start):
            end = self.block_end(line_start)
            return Token("comment", self.source[offset:end], offset, end, space)
        end = self.source.index("\n", offset)
        self.trailing[self.line_of(offset)] = self.source[offset:end].lstrip("%#").strip()
        return Token("comment", self.source[offset:end], offset, end, space)

    def block_end(self, line_start: int) -> int:
        """The end of the block comment that opens on this line (blocks nest).

        Raises SourceError where it never closes.
        """
        depth, line = 0, self.line_of(line_start)
        while line <= len(self.lines) - 1:
            start = self.lines[line - 1]
            depth += bool(_BLOCK_OPEN.match(self.source, start)) - bool(
                _BLOCK_CLOSE.match(self.source, start)
            )
            if depth == 0:
                return self.lines[line] - 1
            line += 1
        raise self.error("the block comment is never closed: '%}' must stand alone on its line", line_start)

    def opens_block(self, line_start: int) -> bool:
        """Whether a block comment opens on the line that starts here."""
        return bool(_BLOCK_OPEN.match(self.source, line_start))

    def _track(self, text: str, offset: int, tokens: list[Token], brackets: list[tuple[str, int]]) -> None:
        """Keep the stack of open brackets; of those with the parameters of an anonymous function, the place too."""
        if text in _OPENERS:
            brackets.append((text, offset))
            if tokens and tokens[-1].text == "@":
                self.parameters.add(offset)
            return
        if not brackets:
            raise self.error(f"'{text}' closes nothing", offset)
        opener, start = brackets[-1]
        if _OPENERS[opener] != text:
            raise self.error(f"'{text}' stands where '{_OPENERS[opener]}' must close '{opener}'", offset)
        if start in self.parameters:
            self.parameters.add(offset)
        brackets.pop()

    def _transposes(
        self, offset: int, space: bool, tokens: list[Token], brackets: list[tuple[str, int]]
    ) -> bool:
        """Whether a quote after these tokens transposes: it stands behind a value, in a matrix without white space.

        It opens a text behind the parameters of an anonymous function, and behind a command: `disp 'a'`.
        """
        if not tokens or (space and brackets and brackets[-1][0] in "[{"):
            return False
        before = tokens[-1]
        if before.text == ")" and before.start in self.parameters:
            return False
        if space and len(tokens) == 1 and before.kind == "name" and self.source[offset + 1] not in " \t\n;,":
            return False
        return before.kind in _VALUES or (before.kind == "op" and before.text in _VALUE_ENDS)

    def _text(self, offset: int, space: bool) -> Token:
        """A string literal; its token holds the value, after a mark for the kind of quote."""
        double = self.source[offset] == '"'
        match = (_DOUBLE if double else _SINGLE).match(self.source, offset)
        if match is None:
            raise self.error("the string is not closed on its line", offset)
        value = _unescaped(match.group(1)) if double else match.group(1).replace("''", "'")
        return Token("text", self.source[offset] + value, offset, match.end(), space)


def _unescaped(body: str) -> str:
    """The value of a double-quoted Octave string."""

    def read(match: re.Match[str]) -> str:
        code = match.group(0)
        if code == '""':
            return '"'
        if code[1] == "x" and len(code) > 2:
            return chr(int(code[2:], 16))
        if code[1] in "01234567" and code[1:].isdigit():
            return chr(int(code[1:], 8) & 255)
        return _ESCAPES.get(code[1], code[1])

    return re.sub(r'""|\\(?:x[0-9a-fA-F]{1,2}|[0-7]{1,3}|.)', read, body, flags=re.DOTALL)
