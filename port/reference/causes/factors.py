"""Constant factors by their names: counts of samples, outputs and elements, and what they enter into."""

from collections.abc import Iterator
from dataclasses import dataclass

from port.reference.causes.arrays import nearly
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


def counts(pair: Pair, factor: float) -> Iterator[Count]:
    """What an integer factor may count: itself if it is whole, else (for a second factor) what inputs count."""
    known = pair.facts.counts
    n = round(factor) if 1.5 < factor < MOST else 0
    slack = max(1e-6, pair.facts.loose / 3) * n
    if n and abs(factor - n) <= slack and (slack < TELLING or n in known):
        if n in known:
            yield Count(n, f"{n} = {known[n]}", 0.9)
        else:
            yield Count(n, f"{n}", 0.03 if known else 0.6)
    elif pair.takes_two:
        yield from (Count(n, f"{n} = {said}", 0.5) for n, said in known.items())


def degrees(pair: Pair, squared: float) -> Iterator[Count]:
    """The n of n/(n-1) = `squared`; for a second factor, every n that the inputs count."""
    known = pair.facts.counts
    near = [n for n in known if nearly(n / (n - 1), squared, 10 * pair.facts.loose)]
    n = _degrees(squared, 10 * pair.facts.scale_noise)
    yield from (Count(n, f"n = {n} = {known[n]}", 0.9) for n in near)
    if n and not near and n <= MOST_DEGREES:
        yield Count(n, f"n = {n}", 0.25 if known else 0.8)
    elif not n and not near and pair.takes_two:
        yield from (Count(n, f"n = {n} = {said}", 0.4) for n, said in known.items())


def _degrees(squared: float, noise: float) -> int:
    """The whole n with n/(n-1) = squared, 0 if there is none that the digits can tell."""
    if not 1 + 1e-6 < squared <= 2 + 1e-6:
        return 0
    exact = squared / (squared - 1)
    n = round(exact)
    slack = max(1e-6, noise * n * n)
    return n if abs(exact - n) <= slack < TELLING else 0
