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
    for name, a in pair.facts.matrices.items() if want.ndim == 2 else ():
        if a.shape == (len(want) + 1, *want.shape[1:]) and pair.same(np.diff(a, axis=0), want):
            evidence = f"want is diff({name}) along dimension 1, got along dimension 2"
            yield pair.step(evidence, want=np.diff(a), weight=0.95)
    if (
        want.ndim == got.ndim == 2
        and (want.shape[0] + 1, want.shape[1] - 1) == got.shape
        and want.shape[1] > 1
    ):
        mixed = np.diff(want, axis=1)
        if np.ptp(mixed) > 1e3 * pair.facts.noise * peak(want):
            evidence = "want differs along dimension 1, got along dimension 2 of one matrix"
            yield pair.step(evidence, want=mixed, got=np.diff(got, axis=0), final=True)
