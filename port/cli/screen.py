"""Two values beside each other on a screen of 100 columns, as much of them as tells how they differ."""

from collections.abc import Iterator, Sequence
from itertools import zip_longest
from textwrap import wrap
from typing import Any

import numpy as np

from port.migrate.trace import Array, Dropped, Opaque
from port.report.diverge import Side

HALF, ROWS = 46, 5
DIGITS = (5, 8, 12, 17)


def beside(sides: Sequence[Side], want: Array | None, got: Array | None) -> Iterator[str]:
    """The values of the sides; of large arrays what lies around the element that is furthest off.

    want and got: both values in MATLAB's layout, where they have one.
    """
    place = worst_place(want, got) if want is not None and got is not None and want.ndim == 2 else (0, 0)
    upright = want is None or want.shape[-1] == 1
    columns = []
    for side in sides:
        turned = want is not None and np.ndim(side.value) == 2 and np.shape(side.value) != want.shape
        rows = value_rows(side.value, place[::-1] if turned else place, side.language, upright)
        columns.append([f"{side.name} in {side.language}: {side.about}", *rows])
    for cells in zip_longest(*columns, fillvalue=""):
        yield "    ".join(f"{cell:{HALF}}" for cell in cells).rstrip()


def value_rows(value: Any, around: Sequence[int], language: str, upright: bool) -> list[str]:
    """A few rows of a value, those around a place; upright: (n,) as a column, as MATLAB's value is."""
    if isinstance(value, Dropped):
        return ["  (too large to keep)"]
    if not isinstance(value, np.ndarray):
        return [f"  {line}" for line in wrap(in_words(value), HALF - 2, max_lines=ROWS, placeholder=" ...")]
    if not value.size:
        return ["  (empty)"]
    flat = value.ndim < 2
    matrix = (
        value.reshape((-1, 1) if upright else (1, -1)) if flat else value.reshape(len(value), -1, order="F")
    )
    rows = window(around[0], matrix.shape[0], ROWS - 1)
    columns = around_column(matrix, rows, around[1])
    texts = [[number(matrix[i, j]) for i in rows] for j in columns]
    widths = [max(map(len, column)) for column in texts]
    shown = [
        "  " + "  ".join(f"{t:>{w}}" for t, w in zip(line, widths, strict=True))
        for line in zip(*texts, strict=True)
    ]
    if (len(rows), len(columns)) == matrix.shape:
        return shown
    ranges = [rows if upright else columns] if flat else [rows, columns]
    return [*shown, f"  is {part(ranges, language)}"]


def around_column(matrix: Array, rows: range, middle: int) -> range:
    """As many columns around one as there is room for."""
    for most in range(min(matrix.shape[1], HALF // 3), 1, -1):
        columns = window(middle, matrix.shape[1], most)
        widths = [max(len(number(matrix[i, j])) for i in rows) for j in columns]
        if sum(widths) + 2 * most <= HALF:
            return columns
    return range(middle, middle + 1)


def window(place: int, size: int, most: int) -> range:
    """Up to `most` indices around a place."""
    start = min(max(place - most // 2, 0), max(size - most, 0))
    return range(start, min(start + most, size))


def part(ranges: Sequence[range], language: str) -> str:
    """Which part is shown, as the language writes it."""
    if language == "Python":
        return f"[{', '.join(f'{one.start}:{one.stop}' for one in ranges)}]"
    spans = [f"{one.start + 1}:{one.stop}" if len(one) > 1 else str(one.stop) for one in ranges]
    return f"({', '.join(spans)})"


def worst_place(want: Array, got: Array) -> tuple[int, ...]:
    """The index of the element that is furthest off; NaN on one side is furthest."""
    with np.errstate(all="ignore"):
        apart = np.abs(got.astype(complex) - want.astype(complex))
    apart = np.where(np.isnan(apart), np.where(np.isnan(want) & np.isnan(got), 0.0, np.inf), apart)
    return tuple(int(i) for i in np.unravel_index(int(apart.argmax()), apart.shape))


def worst(want: Array, got: Array) -> str:
    """The element that is furthest off, in MATLAB's indices, with as many digits as tell the two apart."""
    place = worst_place(want, got)
    a, b = want[place], got[place]
    digits = next((n for n in DIGITS if number(a, n) != number(b, n)), DIGITS[-1])
    if want.size == 1 and digits == DIGITS[0]:
        return ""
    where = f"furthest off at ({','.join(str(i + 1) for i in place)}): " if want.size > 1 else ""
    return f"{where}{number(a, digits)} in MATLAB, {number(b, digits)} in Python"


def number(item: Any, digits: int = DIGITS[0]) -> str:
    """A number in a few digits."""
    if isinstance(item, np.bool_ | bool):
        return str(int(item))
    return f"{item:.{digits}g}" if isinstance(item, np.inexact | float | complex) else str(item)


def in_words(value: Any) -> str:
    """What is no array in a few words."""
    if isinstance(value, dict):
        return ", ".join(f"{name}: {in_words(item)}" for name, item in value.items())
    if isinstance(value, list):
        return "; ".join(in_words(item) for item in value) or "no elements"
    if isinstance(value, np.ndarray):
        return number(value.flat[0]) if value.size == 1 else " x ".join(map(str, value.shape))
    return value.text or value.class_name if isinstance(value, Opaque) else repr(value)
