"""round: half away from zero against half to even.

MATLAB's `round(2.5)` is 3, `np.round(2.5)` is 2: NumPy rounds ties to the even neighbour. Other values
agree.
"""

from collections.abc import Iterator

import numpy as np

from port.reference.causes.arrays import is_whole
from port.reference.causes.f06_integer_conversion import rounds_further
from port.reference.causes.rule import Manual, Pair, Step
from port.reference.causes.shared import away_from_zero

MANUAL = Manual(
    code="F07",
    exact=True,
    setup="h5 = np.array([[0.5, 1.5, 2.5, -1.5, -2.5, 3.25]])",
    matlab="ref = round(h5);",
    wrong="got = np.round(h5)",
    right="got = np.sign(h5)*np.floor(np.abs(h5) + 0.5)",
    remedy="Write np.sign(x)*np.floor(np.abs(x) + 0.5).",
    see="http://stackoverflow.com/questions/18982650/differences-between-matlab-and-numpy-and-pythons-round-function",
)


def undo(pair: Pair) -> Iterator[Step]:
    """got is an input rounded to even, want away from zero; without inputs, got is even where they differ."""
    want, got = pair.want, pair.got
    if not (pair.same_shape and pair.whole):
        return
    for name, a in pair.facts.shaped(want.shape).items():
        if np.isrealobj(a) and not is_whole(a) and np.array_equal(away_from_zero(a), want):
            yield pair.step(
                f"{name} has ties: want rounds them away from zero, got to even", want=np.rint(a), weight=0.95
            )
    if rounds_further(want, got) and (got[want != got] % 2 == 0).all() and ((want != got) & (got != 0)).any():
        evidence = "where they differ, got is even and want 1 further from zero"
        yield pair.explained(evidence, weight=0.8)
