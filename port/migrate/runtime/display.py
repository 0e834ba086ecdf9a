"""`disp` and the echo of a statement without semicolon, in Octave's short format."""

import sys
from types import SimpleNamespace
from typing import Any

import numpy as np

from port.migrate.runtime.streams import write_text
from port.migrate.runtime.text import lines_of
from port.migrate.runtime.values import Array, Value, class_, grid, iscell, ischar

_WIDTH = 80


def disp(x: Value) -> None:
    """Print a value as Octave's short format shows it (`print` shows NumPy's brackets)."""
    sys.stdout.write(shown(x))


def fdisp(fid: Value, x: Value) -> None:
    """As `disp`, on standard output or standard error."""
    write_text(fid, shown(x))


def display(name: str, x: Value) -> None:
    """Print `name = value`, the echo of a statement without semicolon; nothing for None, which is no value."""
    if x is not None:
        sys.stdout.write(_named(name, x))


def shown(x: Value) -> str:
    """The lines that `disp` prints."""
    if ischar(x):
        return "".join(f"{line}\n" for line in lines_of(x)) if grid(x).size else "\n"
    if isinstance(x, SimpleNamespace):
        return "".join(_indented(_named(name, value), 4) for name, value in vars(x).items())
    if iscell(x):
        return _cell_lines(x)
    if class_(x) == "function_handle":
        return f"{getattr(x, 'matlab_text', '@' + str(getattr(x, '__name__', x)).rstrip('_'))}\n"
    return _array_lines(grid(x))


def _indented(text: str, by: int) -> str:
    return "".join(" " * by + line if line.strip() else line for line in text.splitlines(keepends=True))


def _named(name: str, x: Value) -> str:
    """`name = ...` on one line for scalars, text and empties, else above the value's lines."""
    if isinstance(x, SimpleNamespace):
        fields = "".join(_indented(_named(n, v), 4) for n, v in vars(x).items())
        return f"{name} =\n\n  scalar structure containing the fields:\n\n{fields}\n"
    array = grid(x)
    if iscell(x):
        return f"{name} = {{}}({_sizes(array)})\n" if array.size == 0 else f"{name} =\n{_cell_lines(x)}\n"
    if class_(x) == "struct":
        names = "".join(f"    {field}\n" for field in (vars(array.ravel()[0]) if array.size else ()))
        return f"{name} =\n\n  {_sizes(array)} struct array containing the fields:\n\n{names}\n"
    if ischar(x):
        if array.shape[0] <= 1:
            return f"{name} = {x}\n"
        return f"{name} =\n\n{shown(x)}\n"
    if array.size == 0:
        return f"{name} = []({_sizes(array)})\n"
    if class_(x) == "function_handle":
        return f"{name} =\n\n{shown(x)}\n"
    if array.size == 1:
        return f"{name} = {shown(x)}"
    return f"{name} =\n\n{_array_lines(array)}\n"


def _sizes(array: Array) -> str:
    return "x".join(map(str, array.shape))


def _cell_lines(x: Value) -> str:
    array = grid(x)
    if array.size == 0:
        return f"{{}}({_sizes(array)})\n"
    items = [
        _indented(_named(f"[{i + 1},{j + 1}]", array[i, j]), 2)
        for j in range(array.shape[1])
        for i in range(array.shape[0])
    ]
    return "{\n" + "".join(items) + "}\n"


def _array_lines(x: Array) -> str:
    if x.size == 0:
        return f"[]({_sizes(x)})\n"
    if x.ndim > 2:
        return _pages(x)
    if x.dtype.kind in "bui" and x.dtype != np.int64:
        words = [[str(int(v)) for v in row] for row in x]
        width = max(len(str(abs(int(v)))) for v in x.ravel()) + bool(np.any(x < 0))
    elif x.dtype.kind == "c":
        form = _format(np.concatenate([x.real.ravel(), x.imag.ravel()]))
        words = [[_complex_word(form, v) for v in row] for row in x]
        width = 2 * form.width + 3
    else:
        form = _format(x.astype(float).ravel())
        words, width = [[form.text(v) for v in row] for row in x.astype(float)], form.width
    if x.size == 1:
        return (words[0][0] if x.dtype.kind == "c" else words[0][0].lstrip(" ")) + "\n"
    return _in_columns(words, width + 2)


def _complex_word(form: "_Form", value: Any) -> str:
    imaginary = form.text(abs(value.imag))[1:]
    return f"{form.text(value.real)} {'-' if value.imag < 0 else '+'} {imaginary}i"


def _pages(x: Array) -> str:
    """One matrix for each place along the further dimensions."""
    texts = []
    for place in np.ndindex(*x.shape[2:][::-1]):
        where = place[::-1]
        title = ",".join(str(k + 1) for k in where)
        texts.append(f"ans(:,:,{title}) =\n\n{_array_lines(x[(slice(None), slice(None), *where)])}")
    return "\n".join(texts)


class _Form:
    """How the numbers of a matrix are written: total width, digits behind the point, and whether with exponents."""

    def __init__(self, width: int, digits: int, exponent: bool = False) -> None:
        self.width, self.digits, self.exponent = width, digits, exponent

    def text(self, value: float) -> str:
        """One number, right-aligned."""
        if not np.isfinite(value):
            return ("NaN" if np.isnan(value) else "Inf" if value > 0 else "-Inf").rjust(self.width)
        if value == 0:
            return "0".rjust(self.width)
        return f"{value:.{self.digits}{'e' if self.exponent else 'f'}}".rjust(self.width)


def _format(values: Array) -> _Form:
    """Octave's choice: five significant digits of the smallest and the largest number, exponents where that is wide."""
    finite = np.abs(values[np.isfinite(values)])
    least = 4 if finite.size < values.size else 0
    top, low = (_digits_of(float(v)) for v in (finite.max(initial=0.0), finite.min(initial=np.inf)))
    if np.all(finite == np.trunc(finite)):
        behind, width = 0, max(top, 1) + 1
        exponents = width >= (8 if values.size > 1 else 9)
    else:
        behind = max(_behind(top), _behind(low))
        width = max(top, low, 1) + behind + 2
        exponents = width >= 10
    return _Form(11, 4, True) if exponents else _Form(max(width, least), behind)


def _digits_of(value: float) -> int:
    """The number of digits before the point; below 1 zero, or less by the zeros behind the point."""
    return int(np.floor(np.log10(value))) + 1 if 0 < value < np.inf else 0


def _behind(digits: int) -> int:
    """Digits behind the point for a number with so many before it, at five significant ones."""
    if digits > 0:
        return 5 - digits if digits < 5 else 5
    return 5 - digits if digits < 0 else 4


def _in_columns(words: list[list[str]], width: int) -> str:
    """Rows of words, in blocks of columns where a line would be longer than the screen."""
    count, total = max(_WIDTH // width, 1), len(words[0])
    lines = ["".join(word.rjust(width) for word in row) for row in words]
    if total <= count:
        return "\n".join(lines) + "\n"
    blocks = []
    for start in range(0, total, count):
        end = min(start + count, total)
        part = "\n".join(line[start * width : end * width] for line in lines)
        blocks.append(f"{_title(start + 1, end, total)}\n\n{part}\n")
    return "\n".join(blocks)


def _title(start: int, end: int, total: int) -> str:
    if start == end:
        return f" Column {end}:"
    return (
        f" Columns {start} and {end}:"
        if end == total and end == start + 1
        else f" Columns {start} through {end}:"
    )
