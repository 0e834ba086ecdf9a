"""Conversion to integers rounds in MATLAB and truncates in NumPy.

`int32(2.7)` is 3, `np.array(2.7).astype(np.int32)` is 2. Round half away from zero before the conversion.
"""

from collections.abc import Iterator

import numpy as np

from port.reference.causes.arrays import Array, is_whole
from port.reference.causes.rule import Manual, Pair, Step
from port.reference.causes.shared import away_from_zero

MANUAL = Manual(
    code="F06",
    exact=True,
    setup="h5 = np.array([[0.5, 1.5, 2.7, -1.5, -2.2, 3.9]])",
    matlab="ref = int32(h5);",
    wrong="got = h5.astype(np.int32)",
    right="got = (np.sign(h5)*np.floor(np.abs(h5) + 0.5)).astype(np.int32)",
    remedy="Round before astype.",
)


def undo(pair: Pair) -> Iterator[Step]:
    """got is an input truncated, want rounded; without inputs, want is 1 further from zero in places."""
    want, got = pair.want, pair.got
    if not (pair.same_shape and pair.whole):
        return
    whole = pair.facts.got_dtype.kind in "iu"
    for name, a in pair.facts.shaped(want.shape).items():
        if np.isrealobj(a) and not is_whole(a) and np.array_equal(away_from_zero(a), want):
            evidence = f"want is {name} rounded, got is {name} truncated"
            yield pair.step(evidence, want=np.trunc(a), weight=0.95 if whole else 0.6)
    if rounds_further(want, got) and ((got % 2 != 0) & (want != got)).any():
        evidence = "want is 1 further from zero in places, as after rounding up"
        yield pair.explained(evidence, weight=0.7 if whole else 0.5)


def rounds_further(want: Array, got: Array) -> bool:
    """Whether want is got, or 1 further from zero: each in several places."""
    apart = np.abs(want) - np.abs(got)
    same_side = (want * got >= 0).all()
    return bool(same_side and np.isin(apart, (0, 1)).all() and (apart == 1).sum() > 1 and (apart == 0).any())
