"""`disp` and the echo of a statement without semicolon, in Octave's short format."""

import sys
from types import SimpleNamespace

import numpy as np

from port.migrate.runtime.text import lines_of
from port.migrate.runtime.values import Array, Value, class_, grid, iscell, ischar

_WIDTH = 80


def disp(x: Value) -> None:
    """Print a value as Octave's short format shows it (`print` shows NumPy's brackets)."""
    sys.stdout.write(shown(x))


def display(name: str, x: Value) -> None:
    """Print `name = value`, the echo of a statement without semicolon."""
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
    if array.size == 1 or class_(x) == "function_handle":
        return f"{name} = {shown(x).lstrip(' ')}"
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
        return "" if x.shape == (0, 0) else f"[]({_sizes(x)})\n"
    if x.ndim > 2:
        return _pages(x)
    if x.dtype.kind in "bui" and x.dtype != np.int64:
        return _integer_lines(x)
    if x.dtype.kind == "c":
        return _complex_lines(x)
    values = x.astype(float)
    form = _format(values)
    if x.size == 1:
        return form.text(values[0, 0]).lstrip(" ") + "\n"
    return _split_columns([[form.text(v) for v in row] for row in values], form.width + 2)


def _pages(x: Array) -> str:
    """One matrix for each place along the further dimensions."""
    texts = []
    for place in np.ndindex(*x.shape[2:][::-1]):
        where = place[::-1]
        title = ",".join(str(k + 1) for k in where)
        texts.append(f"ans(:,:,{title}) =\n\n{_array_lines(x[(slice(None), slice(None), *where)])}")
    return "\n".join(texts)


def _integer_lines(x: Array) -> str:
    """Integer classes: two blanks and the widest number's width; logical and char values likewise."""
    words = [[str(int(v)) for v in row] for row in x]
    if x.size == 1:
        return words[0][0] + "\n"
    width = max(len(word) for row in words for word in row)
    return _split_columns([[word.rjust(width) for word in row] for row in words], width + 2)


class _Form:
    """How a matrix's numbers are written: total width and digits behind the point, or with an exponent."""

    def __init__(self, width: int, digits: int, exponent: bool = False) -> None:
        self.width, self.digits, self.exponent = width, digits, exponent

    def text(self, value: float) -> str:
        """One number, right-aligned."""
        if np.isnan(value) or np.isinf(value):
            return ("NaN" if np.isnan(value) else "Inf" if value > 0 else "-Inf").rjust(self.width)
        if self.exponent:
            return f"{value:.{self.digits}e}".rjust(self.width)
        return f"{value:.{self.digits}f}".rjust(self.width)


def _digits_of(value: float) -> int:
    """The number of digits before the point; 0 or less for what is below 1."""
    return int(np.floor(np.log10(value))) + 1 if value > 0 else 0


def _format(values: Array) -> _Form:
    """Octave's choice: five significant digits in the smallest and the largest number together, or exponents."""
    finite = np.abs(values[np.isfinite(values)])
    special = finite.size < values.size
    top, low = (_digits_of(float(finite.max())), _digits_of(float(finite.min()))) if finite.size else (0, 0)
    negative = bool(np.any(values < 0))
    if np.all(finite == np.trunc(finite)):
        digits = max(top, 1)
        width = digits + (values.size > 1) * negative + (3 if special and digits < 3 else 0) * 0
        if special:
            width = max(width, 3 + bool(np.any(np.isneginf(values))))
        return _Form(width + (values.size > 1), 0) if digits <= 15 else _Form(10, 4, True)
    before = max(top, low, 1)
    behind = max(_behind(top), _behind(low)) if values.size > 1 else _behind(top)
    width = 1 + before + 1 + behind
    if special:
        width = max(width, 4)
    if width > 10 + (values.size > 1) * 0:
        return _Form(11, 4, True)
    return _Form(width - (0 if values.size > 1 else 0), behind)


def _behind(digits: int) -> int:
    """Digits behind the point for a number with so many before it, at five significant ones."""
    if digits > 0:
        return max(5 - digits, 1 if digits < 5 else 1)
    return 5 - digits if digits < 0 else 4


def _complex_lines(x: Array) -> str:
    parts = np.concatenate([x.real.ravel(), x.imag.ravel()])
    form = _format(parts.reshape(1, -1))
    words = [
        [
            f"{form.text(v.real)} {'-' if v.imag < 0 else '+'} {form.text(abs(v.imag)).lstrip(' ')}i"
            for v in row
        ]
        for row in x
    ]
    if x.size == 1:
        return words[0][0].lstrip(" ") + "\n"
    return _split_columns(words, max(len(w) for row in words for w in row) + 2)


def _split_columns(words: list[list[str]], width: int) -> str:
    """Rows of words, in blocks of columns where a line would be longer than the screen."""
    count = max(_WIDTH // width, 1)
    total = len(words[0])
    if total <= count:
        return "".join("".join(word.rjust(width) for word in row) + "\n" for row in words)
    blocks = []
    for start in range(0, total, count):
        end = min(start + count, total)
        title = (
            f" Columns {start + 1} through {end}:" if end < total or end - start > 1 else f" Column {end}:"
        )
        if end == total and end - start > 1:
            title = (
                f" Columns {start + 1} and {end}:"
                if end - start == 2
                else f" Columns {start + 1} through {end}:"
            )
        lines = ["".join(word.rjust(width) for word in row[start:end]) for row in words]
        blocks.append("\n".join([title, "", *lines, ""]))
    return "\n".join(blocks) + "\n"
