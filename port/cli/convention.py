"""`matport convention`: the exact factor from one library's loss to another's, and the table of them all."""

import argparse
from dataclasses import asdict, dataclass

from port.backprop.losses import ROWS, Convention, Row, conversion
from port.backprop.losses.conventions import get_row
from port.cli import AGREE, sizes
from port.errors import ArgumentError

HEADINGS = ("name", "software", "loss", "is", "note")


@dataclass(frozen=True)
class Conversion:
    """A loss, or gradient, under `have` times `factor` is the one under `want`, for K x N outputs."""

    have: str
    want: str
    K: int
    N: int
    factor: str
    value: float
    sentence: str
    notes: tuple[str, ...]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options of the command."""
    parser.add_argument(
        "have", nargs="?", help="the convention you have, e.g. matlab_network_mse; none lists all"
    )
    parser.add_argument("want", nargs="?", help="the convention you want, e.g. pytorch_mse")
    parser.add_argument("--shape", type=sizes, metavar="K,N", help="outputs, samples")


def run(options: argparse.Namespace) -> int:
    """Convert, or list what can be converted."""
    if options.have is None:
        return _list(options)
    for name in filter(None, (options.have, options.want)):
        get_row(name)  # one that is not known is told first
    if options.want is None or options.shape is None or len(options.shape) != 2:
        raise ArgumentError(
            "say HAVE, WANT and --shape K,N: matport convention matlab_network coursework --shape 3,5"
        )
    found = convert(options.have, options.want, *options.shape)
    if options.json:
        from port.report.tables import to_json

        print(to_json(asdict(found)), end="")
    else:
        print(found.sentence, *found.notes, sep="\n")
    return AGREE


def convert(have: str, want: str, K: int, N: int) -> Conversion:
    """The conversion in numbers and as a sentence. Raises ArgumentError for a name or a shape that cannot be served."""
    ours, theirs = get_row(have), get_row(want)
    factor = conversion(ours.convention, theirs.convention, K, N)
    sentence = (
        f"A loss or gradient of {ours.name} ({ours.convention.formula()}) times {factor} is that of {theirs.name} "
        f"({theirs.convention.formula()}); {_letters(ours.convention, theirs.convention)}, here with K = {K} outputs "
        f"and N = {N} samples."
    )
    if ours.loss != theirs.loss:
        sentence += f" But {ours.loss} is not {theirs.loss}: the factor changes the divisor alone."
    notes = tuple(f"{row.name}: {row.note}" for row in dict.fromkeys((ours, theirs)))
    return Conversion(have, want, K, N, str(factor), float(factor), sentence, notes)


def table() -> str:
    """Every row, as a Markdown table that is read on a terminal as well."""
    lines = [HEADINGS, *(_cells(row) for row in ROWS)]
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    lines.insert(1, tuple("-" * width for width in widths))
    return "\n".join(
        "| " + " | ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)) + " |"
        for line in lines
    )


def _cells(row: Row) -> tuple[str, ...]:
    return row.name, row.software, row.loss, row.convention.formula(), row.note


def _letters(have: Convention, want: Convention) -> str:
    """The factor in letters, such as K / 2."""
    over = {"sum": "", "samples": "N", "elements": "KN"}
    above, below = over[have.over] + "2" * have.half, over[want.over] + "2" * want.half
    upper, lower = (
        " ".join(sorted(set(one) - set(other))) for one, other in ((above, below), (below, above))
    )
    if not lower:
        return f"the factor is {upper or 1}"
    return f"the factor is {upper or 1} / " + (f"({lower})" if " " in lower else lower)


def _list(options: argparse.Namespace) -> int:
    if options.json:
        from port.report.tables import to_json

        print(
            to_json({"conventions": [dict(zip(HEADINGS, _cells(row), strict=True)) for row in ROWS]}), end=""
        )
    else:
        print(table())
    return AGREE
