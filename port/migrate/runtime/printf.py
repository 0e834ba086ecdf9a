"""`sprintf` and `fprintf`: the template is used again until the data are used up; arrays give one datum an
element.
"""

import re
import sys
from collections.abc import Iterator
from typing import Any

import numpy as np

from port.migrate.runtime.streams import write_text
from port.migrate.runtime.values import MatlabError, Value, as_text, class_, grid, iscell, ischar

_ESCAPE = re.compile(r"\\(x[0-9a-fA-F]{1,2}|[0-7]{1,3}|.)", re.DOTALL)
_CONTROL = {"n": "\n", "t": "\t", "r": "\r", "a": "\a", "b": "\b", "f": "\f", "v": "\v"}
_CONVERSION = re.compile(r"%([-+ #0]*)(\*|\d+)?(?:\.(\*|\d+))?[lh]?([diouxXeEfFgGcs])|%%")


def escapes(text: str) -> str:
    r"""What a format makes of `\n`, `\t`, `\\`, `\x41`, `\101` in a text between single quotes (MATLAB's
    `do_string_escapes`).
    """
    return _ESCAPE.sub(lambda m: _escaped(m.group(1)), text)


def _escaped(code: str) -> str:
    if code[0] == "x" and len(code) > 1:
        return chr(int(code[1:], 16))
    if code[0] in "01234567":
        return chr(int(code, 8))
    return _CONTROL.get(code, code)


def sprintf(template: Value, *values: Value) -> str:
    """A formatted text; Python's `%` wants one template per datum, MATLAB uses it again until the data are
    used up.

    An array gives its elements column by column; `%d` of 1.5 prints as `%g`; `%s` of a number is that
    character.
    """
    pieces = _pieces(escapes(as_text(template)))
    if not any(isinstance(piece, re.Match) for piece in pieces):
        return "".join(map(str, pieces))
    data = _Data(values)
    out: list[str] = []
    while True:
        for piece in pieces:
            if isinstance(piece, str):
                out.append(piece)
            elif data.exhausted():
                return "".join(out)
            else:
                out.append(_converted(piece, data))
        if data.exhausted():
            return "".join(out)


def _pieces(template: str) -> list[Any]:
    """The template cut into text and conversions (as matches); `%%` is text."""
    pieces: list[Any] = []
    end = 0
    for match in _CONVERSION.finditer(template):
        pieces += [template[end : match.start()], "%" if match.group() == "%%" else match]
        end = match.end()
    return [piece for piece in [*pieces, template[end:]] if piece != ""]


class _Data:
    """The data of one call, handed out one by one; an empty argument is one empty datum."""

    def __init__(self, values: tuple[Value, ...]) -> None:
        self.waiting = list(_elements(values))

    def exhausted(self) -> bool:
        return not self.waiting

    def next(self, whole_text: bool = False) -> Any:
        """The next datum, or what is left of its argument as one text where `%s` asks and it can be text."""
        if not self.waiting:
            return ""
        elements, is_text = self.waiting[0]
        if whole_text and (is_text or (len(elements) > 1 and all(_is_code(e) for e in elements))):
            self.waiting.pop(0)
            return "".join(e if isinstance(e, str) else chr(int(e)) for e in elements)
        first = elements.pop(0) if elements else ""
        if not elements:
            self.waiting.pop(0)
        return first


def _elements(values: tuple[Value, ...]) -> Iterator[tuple[list[Any], bool]]:
    for value in values:
        if iscell(value) or class_(value) in ("struct", "function_handle", "containers.Map"):
            raise MatlabError(
                f"printf: wrong type argument '{'cell array' if iscell(value) else class_(value)}'"
            )
        array = grid(value)
        yield list(array.ravel(order="F").tolist()), array.dtype.kind == "U"


def _is_code(x: Any) -> bool:
    return not isinstance(x, complex) and float(x).is_integer() and 0 <= x < 0x110000


def _converted(conversion: re.Match[str], data: _Data) -> str:
    """One conversion of one datum, with `*` widths taken from the data first."""
    flags, width, precision, kind = conversion.groups()
    width = str(int(data.next())) if width == "*" else width or ""
    precision = str(int(data.next())) if precision == "*" else precision
    value = data.next(whole_text=kind == "s")
    points = "" if precision is None else f".{precision}"
    if kind not in "cs" and value == "":
        return ""
    if kind in "cs":
        return _as_text(value, kind, flags + width, points)
    if isinstance(value, str):
        value = float(ord(value))
    return _as_number(value.real, kind, flags, width, points)


def _as_text(value: Any, kind: str, width: str, points: str) -> str:
    if not isinstance(value, str):
        value = chr(int(value)) if _is_code(value) else f"%{points}g" % value
    return str(f"%{width.lstrip('0')}{points if kind == 's' else ''}s" % value)


def _as_number(value: Any, kind: str, flags: str, width: str, points: str) -> str:
    if not np.isfinite(value):
        name = "-Inf" if value < 0 else "+" * ("+" in flags) + ("NaN" if np.isnan(value) else "Inf")
        return str(f"%{flags.replace('0', '').replace('+', '')}{width}s" % name)
    if kind in "diouxX":
        if value != int(value) or abs(value) >= 2**63:
            kind = "g"
        else:
            value, kind = int(value), "d" if kind in "iu" or value < 0 else kind
    return str(f"%{flags}{width}{points}{kind}" % value)


def fprintf(template: Value, *values: Value) -> None:
    """Print a formatted text; a first argument that is a number names standard output, error or an open file."""
    if ischar(template):
        sys.stdout.write(sprintf(template, *values))
    else:
        write_text(template, sprintf(values[0], *values[1:])) if values else printf("%d\n", template)


def puts(text: str) -> None:
    """Print a text as it is."""
    sys.stdout.write(text)


def printf(template: Value, *values: Value) -> None:
    """Octave's `fprintf` to standard output."""
    sys.stdout.write(sprintf(template, *values))


def fputs(fid: Value, text: str) -> None:
    """Write a text as it is."""
    write_text(fid, text)
