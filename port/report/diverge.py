"""The page of `matport diverge`: where the two part and why, then both sources side by side with what agrees."""

from bisect import bisect_left
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise, zip_longest
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from port.report import figures
from port.report.check import difference_figures
from port.report.page import (
    Beside,
    BesideLine,
    BesideRow,
    Block,
    Code,
    Figure,
    Fold,
    Page,
    Row,
    Section,
    Table,
    Text,
)

Array = npt.NDArray[Any]
MOST_NUMBERS, MOST_COLUMNS, DIGITS = 60, 12, 5
TITLE = "Where do the two part?"
PICTURES = "Both as pictures, in MATLAB's layout: want is MATLAB's, got is Python's"
LEGEND = (
    "= the values of this line are in the other run too, under any name and in either layout; "
    "≠ here the two part; a line without a mark set nothing that has an equal. "
    "On a narrow screen a bar marks Python's lines."
)


@dataclass(frozen=True)
class Side:
    """One side of a pair that differs: place is `bp.m:10`, about is class and shape in words."""

    language: str
    file: str
    line: int
    end_line: int
    statement: str
    name: str = ""
    about: str = ""
    value: Any = None

    @property
    def place(self) -> str:
        """File and line."""
        return f"{self.file}:{self.line}"


@dataclass(frozen=True)
class Pair:
    """Two statements that part; want and got are both values in MATLAB's layout, where they have one shape."""

    sentence: str
    matlab: Side | None
    python: Side | None
    worst: str = ""
    want: Array | None = None
    got: Array | None = None
    causes: Sequence[Mapping[str, Any]] = ()
    fix: str = ""


@dataclass(frozen=True)
class Sources:
    """A file of each side (either may be missing), the pairs of lines that agree, and all lines that do."""

    matlab: str
    python: str
    matlab_text: str
    python_text: str
    pairs: Sequence[tuple[int, int]]
    matlab_lines: frozenset[int]
    python_lines: frozenset[int]


def diverge_page(
    verdict: str,
    status: str,
    facts: Mapping[str, str],
    pairs: Sequence[Pair],
    sources: Sequence[Sources],
    note: str,
) -> Page:
    """The page: the pairs that differ, the first one open, then the sources beside each other."""
    blocks: list[Block] = []
    if pairs:
        blocks.append(Section("The first difference", pair_blocks(pairs[0])))
    if len(pairs) > 1:
        rest = [Fold(pair.sentence, pair_blocks(pair), "differ") for pair in pairs[1:]]
        blocks.append(Section("Behind it, with MATLAB's value put in its place", rest))
    if note:
        blocks.append(Section("Other names and layouts, which are no difference", [Text(note)]))
    if sources:
        beside: list[Block] = [Text(LEGEND, "note")]
        for item in sources:
            listing = Beside(title_of(item), beside_rows(item, pairs))
            beside.append(
                listing if item is sources[0] else Fold(listing.caption, [listing], "", concerns(item, pairs))
            )
        blocks.append(Section("Side by side", beside))
    return Page(TITLE, verdict, status, facts, blocks)


def pair_blocks(pair: Pair) -> list[Block]:
    """Both statements, why they differ and what helps, both values."""
    sides = [side for side in (pair.matlab, pair.python) if side]
    blocks: list[Block] = [Row([Code(side.statement, f"{side.language}, {side.place}") for side in sides])]
    blocks += why(pair)
    blocks += values(pair)
    return blocks


def why(pair: Pair) -> list[Block]:
    """The likeliest cause and the fix; the other causes behind a fold."""
    told: list[Block] = [
        Text(
            f"Why: {cause['title']} ({cause['code']}, {cause['confidence']:.0%}). {cause['evidence']}", "warn"
        )
        for cause in pair.causes
    ]
    if pair.fix:
        told.insert(1, Text(f"Fix: {pair.fix}", "fix"))
    first, others = told[:2], told[2:]
    return [*first, Fold(f"{len(others)} other causes that the values allow", others)] if others else first


def values(pair: Pair) -> list[Block]:
    """Both values: numbers where they are few, pictures where there is something to see."""
    sides = [side for side in (pair.matlab, pair.python) if side and side.about]
    pictured = pair.want is not None and pair.got is not None and pair.want.size > 1
    shown: list[Block] = []
    if pictured and not all(is_small(side.value) for side in sides):
        shown.append(Text("; ".join(caption(side) for side in sides)))
    elif sides:
        shown.append(Row(value_blocks(sides)))
    if pair.worst:
        shown.append(Text(pair.worst, "note"))
    if pictured and pair.want is not None and pair.got is not None:
        name = pair.matlab.name if pair.matlab else ""
        shown.append(Fold(PICTURES, difference_figures(pair.want, pair.got, name), "", True))
    return shown


def caption(side: Side) -> str:
    """What a value is."""
    return f"{side.name} in {side.language}: {side.about}"


def is_array(value: Any) -> bool:
    """Whether a value is an array of numbers with something in it."""
    return isinstance(value, np.ndarray) and value.dtype.kind in "biufc" and value.size > 0


def is_small(value: Any) -> bool:
    """Whether a value is shown in numbers or words."""
    return not is_array(value) or (value.size <= MOST_NUMBERS and matrix_of(value).shape[1] <= MOST_COLUMNS)


def matrix_of(value: Array) -> Array:
    """An array as rows and columns; (n,) as a column, pages beside each other."""
    return value.reshape(-1, 1) if value.ndim < 2 else value.reshape(len(value), -1, order="F")


def value_blocks(sides: Sequence[Side]) -> list[Block]:
    """The values as tables of their numbers, as pictures on one scale, or in words."""
    drawn = [matrix_of(side.value) for side in sides if not is_small(side.value)]
    largest = [np.abs(matrix[np.isfinite(matrix)]).max(initial=0.0) for matrix in drawn]
    return [value_block(side, float(max(largest, default=0.0))) for side in sides]


def value_block(side: Side, limit: float) -> Block:
    """One value; limit: both ends of the scale of a picture."""
    if not is_array(side.value):
        return Code("" if side.value is None else str(side.value), caption(side))
    matrix = matrix_of(side.value)
    if is_small(side.value):
        return Table(numbers(matrix, side.language == "MATLAB", flat=side.value.ndim < 2), caption(side))
    told = f"{caption(side)}, scale ±{limit:.3g}"
    return Figure(figures.heat_map(matrix, f"heat map of {side.name} in {side.language}", limit=limit), told)


def numbers(matrix: Array, from_one: bool, flat: bool) -> pd.DataFrame:
    """A frame of the numbers under indices as the language writes them."""
    base = 1 if from_one else 0
    names = (
        ["value"]
        if flat
        else [f"(:,{n + base})" if from_one else f"[:, {n}]" for n in range(matrix.shape[1])]
    )
    shown = np.vectorize(in_few_digits, otypes=[matrix.dtype])(matrix)
    frame = pd.DataFrame({name: shown[:, n] for n, name in enumerate(names)})
    row = "({},:)" if from_one else "[{}]" if flat else "[{}, :]"
    frame.insert(0, "", [row.format(n + base) for n in range(len(matrix))])
    return frame


def in_few_digits(item: Any) -> Any:
    """A number rounded to what there is room for."""
    return float(f"{item:.{DIGITS}g}") if isinstance(item, float) else item


def title_of(item: Sources) -> str:
    """Which files are shown."""
    both = f"{item.matlab} beside {item.python}"
    return both if item.matlab and item.python else f"{item.matlab or item.python} alone"


def concerns(item: Sources, pairs: Sequence[Pair]) -> bool:
    """Whether one of the pairs is in these files."""
    return any(
        (pair.matlab and pair.matlab.file == item.matlab) or (pair.python and pair.python.file == item.python)
        for pair in pairs
    )


def beside_rows(item: Sources, pairs: Sequence[Pair]) -> list[BesideRow]:
    """The lines of two files, those that belong together in one row, the values of a pair that differs under it."""
    here = [pair for pair in pairs if concerns(item, [pair])]
    parted = [(line_in(pair.matlab, item.matlab), line_in(pair.python, item.python)) for pair in here]
    forced = [(m, p) for m, p in parted if m and p]
    left, right = item.matlab_text.splitlines(), item.python_text.splitlines()
    ours = marks(item.matlab_lines, [pair.matlab for pair in here], item.matlab)
    theirs = marks(item.python_lines, [pair.python for pair in here], item.python)
    opened = {(p, False) if p else (m, True): pair for pair, (m, p) in zip(here, parted, strict=True)}
    rows = []
    for m, p in laid_out(len(left), len(right), anchors(item.pairs, forced)):
        pair = opened.get((p, False)) or opened.get((m, True))
        blocks: list[Block] = [Fold("Both values", [*values_in_short(pair)], "differ", True)] if pair else []
        rows.append(BesideRow(line_of(m, left, ours), line_of(p, right, theirs), blocks))
    return rows


def values_in_short(pair: Pair) -> Iterator[Block]:
    """Both values and the fix, for the place in the source."""
    sides = [side for side in (pair.matlab, pair.python) if side and side.about]
    if sides:
        yield Row(value_blocks(sides))
    if pair.fix:
        yield Text(f"Fix: {pair.fix}", "fix")


def line_in(side: Side | None, file: str) -> int:
    """The line of a side in a file; 0 where it is in another."""
    return side.line if side and side.file == file else 0


def marks(agreeing: Collection[int], sides: Sequence[Side | None], file: str) -> dict[int, str]:
    """What is known of every line."""
    found = dict.fromkeys(agreeing, "agree")
    for side in sides:
        if side and side.file == file:
            found |= dict.fromkeys(range(side.line, side.end_line + 1), "differ")
    return found


def line_of(number: int, lines: Sequence[str], known: Mapping[int, str]) -> BesideLine | None:
    """One line with its mark; None for a gap."""
    return BesideLine(number, lines[number - 1], known.get(number, "")) if number else None


def anchors(agreeing: Sequence[tuple[int, int]], forced: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Pairs of lines to put in one row: all forced that do not cross, and the most others that do not either."""
    kept: list[tuple[int, int]] = []
    for pair in forced:
        if all(in_order(pair, other) for other in kept):
            kept.append(pair)
    fitting = [pair for pair in sorted(set(agreeing)) if all(in_order(pair, other) for other in kept)]
    return sorted({*kept, *increasing(fitting)})


def in_order(one: tuple[int, int], other: tuple[int, int]) -> bool:
    """Whether two pairs of lines do not cross and share no line."""
    return (one[0] - other[0]) * (one[1] - other[1]) > 0


def increasing(pairs: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """A longest run of pairs that grow on both sides (patience sorting)."""
    tops: list[int] = []
    chains: list[list[tuple[int, int]]] = []
    for pair in sorted(pairs, key=lambda item: (item[0], -item[1])):
        place = bisect_left(tops, pair[1])
        chain = [*(chains[place - 1] if place else []), pair]
        tops[place : place + 1] = [pair[1]]
        chains[place : place + 1] = [chain]
    return chains[-1] if chains else []


def laid_out(left: int, right: int, pairs: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Line numbers of both sides row by row, 0 for a gap; anchored pairs share a row."""
    for before, after in pairwise([(0, 0), *pairs, (left + 1, right + 1)]):
        ours, theirs = range(before[0] + 1, after[0]), range(before[1] + 1, after[1])
        yield from zip_longest(ours, theirs, fillvalue=0)
        if after in pairs:
            yield after
