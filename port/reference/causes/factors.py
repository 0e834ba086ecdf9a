"""Constant factors by their names: counts of samples, outputs and elements, and what they enter into."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from port.reference.causes.arrays import distinct, nearly, peak
from port.reference.causes.facts import LEAST_WHOLE
from port.reference.causes.rule import Pair

MOST = 10**6
TELLING = 0.05  # distance from a whole number that says it is one
MOST_DEGREES = 300  # without inputs to count: 1.001 is not read as n/(n-1) with n = 1001


@dataclass(frozen=True)
class Count:
    """A number of samples, outputs or elements: how it is spoken of, and how well it is founded."""

    n: int
    said: str
    weight: float


def counts(pair: Pair, factor: float, noun: Literal["samples", "outputs"]) -> Iterator[Count]:
    """What an integer factor may count: itself if it is whole, else (for a second factor) what inputs count."""
    known = {n: _counted(pair, n, noun) for n in pair.facts.counts}
    n = round(factor) if 1.5 < factor < MOST else 0
    slack = max(1e-6, pair.facts.loose / 3) * n
    if n and abs(factor - n) <= slack and (slack < TELLING or n in known):
        if n in known:
            yield Count(n, known[n], 0.9)
        else:
            yield Count(n, f"{n} {noun}", 0.02 if known else 0.6)
    elif pair.takes_two:
        yield from (Count(n, said, 0.5) for n, said in known.items())


def _counted(pair: Pair, n: int, noun: Literal["samples", "outputs"]) -> str:
    """A count of the inputs in words: 8 samples (columns of X), 3 outputs (rows of Y), 24 (elements of Y)."""
    axis, lines = (1, "columns") if noun == "samples" else (0, "rows")
    name = next((name for name, a in pair.facts.matrices.items() if a.shape[axis] == n), "")
    return f"{n} {noun} ({lines} of {name})" if name else f"{n} ({pair.facts.counts[n]})"


def times(pair: Pair, factor: float, said: str = "") -> str:
    """A factor in words: got is 8 times want, or 1/8 of it; where another mistake adds to it, has a factor 8."""
    whole = said or (f"{factor:g}" if factor >= 1 else f"1/{1 / factor:g}")
    if not nearly(pair.ratio or 0.0, factor, 10 * pair.facts.loose):
        return f"got has a factor {whole} too many"
    return f"got is {whole} {'of' if whole[:2] == '1/' and whole[2:].isdigit() else 'times'} want"


def degrees(pair: Pair, squared: float) -> Iterator[Count]:
    """The n of n/(n-1) = `squared`; for a second factor, every n that the inputs count.

    Numbers of an integer type are no deviations, and of two counts such a ratio is chance.
    """
    if pair.facts.got_dtype.kind in "iu" or (
        pair.whole and peak(pair.want) < LEAST_WHOLE and distinct(pair.want) == 1
    ):
        return
    known = pair.facts.counts
    near = [n for n in known if n > 2 and nearly(n / (n - 1), squared, 10 * pair.facts.loose)]
    n = _degrees(squared, 10 * pair.facts.scale_noise)
    yield from (Count(n, f"n = {n} ({known[n]})", 0.9) for n in near)
    if n and not near and n <= MOST_DEGREES:
        yield Count(n, f"n = {n}", 0.25 if known else 0.8)
    elif not n and not near and pair.takes_two:
        yield from (Count(n, f"n = {n} ({said})", 0.4) for n, said in known.items())


def _degrees(squared: float, noise: float) -> int:
    """The whole n with n/(n-1) = squared, 0 if there is none that the digits can tell."""
    if not 1 + 1e-6 < squared <= 2 + 1e-6:
        return 0
    exact = squared / (squared - 1)
    n = round(exact)
    slack = max(1e-6, noise * n * n)
    return n if n > 2 and abs(exact - n) <= slack < TELLING else 0
