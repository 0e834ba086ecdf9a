"""diff along the last axis instead of down the columns.

`diff(A)` subtracts neighbouring rows, m - 1 of them remain; `np.diff(A)` subtracts neighbouring columns.
"""

from collections.abc import Iterator

import numpy as np

from port.reference.causes.arrays import peak
from port.reference.causes.rule import Manual, Pair, Step

MANUAL = Manual(
    code="A07",
    setup="A = np.arange(12.0).reshape(3, 4) ** 3",
    matlab="ref = diff(A);",
    wrong="got = np.diff(A)",
    right="got = np.diff(A, axis=0)",
    remedy="Give axis=0.",
    see="https://numpy.org/doc/stable/reference/generated/numpy.diff.html",
)


def undo(pair: Pair) -> Iterator[Step]:
    """Differenced once more the other way, both are the mixed second differences of one matrix."""
    want, got = pair.want, pair.got
    for name, a in pair.facts.arrays.items() if want.ndim > 1 else ():
        if a.shape == (len(want) + 1, *want.shape[1:]) and pair.same(np.diff(a, axis=0), want):
            evidence = f"want is diff({name}) along dimension 1, got along dimension {want.ndim}"
            yield pair.step(evidence, want=np.diff(a), weight=0.95)
    if want.ndim < 2 or want.shape[-1] < 2 or got.shape != _turned(want.shape):
        return
    mixed = np.diff(want, axis=-1)
    if np.ptp(mixed) > 1e3 * pair.facts.noise * peak(want):
        evidence = f"want differs along dimension 1, got along dimension {want.ndim} of one array"
        yield pair.step(evidence, want=mixed, got=np.diff(got, axis=0), final=True)


def _turned(shape: tuple[int, ...]) -> tuple[int, ...]:
    """The shape of differences along the last axis, from that along the first."""
    return (shape[0] + 1, *shape[1:-1], shape[-1] - 1)
