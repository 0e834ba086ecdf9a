"""fft along the last axis instead of down the columns.

`fft(A)` transforms every column; `np.fft.fft(A)` transforms along the last axis.
"""

from collections.abc import Iterator

import numpy as np

from port.reference.causes.arrays import fit
from port.reference.causes.rule import Manual, Pair, Step, all_finite

MANUAL = Manual(
    code="A08",
    setup="A = np.arange(12.0).reshape(3, 4) ** 2",
    matlab="ref = fft(A);",
    wrong="got = np.fft.fft(A)",
    right="got = np.fft.fft(A, axis=0)",
    remedy="Give axis=0.",
    see="https://numpy.org/doc/stable/reference/generated/numpy.fft.fft.html",
)


def undo(pair: Pair) -> Iterator[Step]:
    """The transform that want undoes along its columns is done again along the last axis."""
    want = pair.want
    if not np.iscomplexobj(want) or want.ndim < 2 or min(want.shape) < 2 or not all_finite(want):
        return
    for name, a in pair.facts.shaped(want.shape).items():
        if pair.same(np.fft.fft(a[:, :1], axis=0), want[:, :1]) and pair.same(np.fft.fft(a, axis=0), want):
            evidence = f"want is the transform of {name} down its columns, got along its rows"
            yield pair.step(evidence, want=np.fft.fft(a, axis=-1), weight=0.95)
            return
    if pair.last and want.shape == pair.got.shape:
        lines = np.fft.ifft(want.sum(axis=-1), axis=0), pair.got[..., 0]
        if fit(*lines, pair.facts.coarse) is None:
            return
    again = np.fft.fft(np.fft.ifft(want, axis=0), axis=-1)
    evidence = "want is a transform down the columns, got of the same data along the rows"
    yield pair.step(evidence, want=again)
