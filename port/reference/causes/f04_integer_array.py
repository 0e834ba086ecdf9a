"""An integer array truncates what is assigned to it.

`np.array([1, 2, 3])` is an integer array, and `a[1] = 0.5` stores 0 without a word. MATLAB's literals are
double.
"""

from collections.abc import Iterator

import numpy as np

from port.reference.causes.arrays import is_whole
from port.reference.causes.rule import Manual, Pair, Step, all_finite

MANUAL = Manual(
    code="F04",
    exact=True,
    setup="",
    matlab="ref=[1 2 3]; ref(2)=0.5;",
    wrong="got = np.array([[1, 2, 3]]); got[0, 1] = 0.5",
    right="got = np.array([[1.0, 2, 3]]); got[0, 1] = 0.5",
    remedy="Create the array with dtype=float.",
    see="https://github.com/numpy/numpy/blob/main/doc/source/user/numpy-for-matlab-users.rst",
)


def undo(pair: Pair) -> Iterator[Step]:
    """got is whole, want is not, and got is want without its fractions."""
    want, got = pair.want, pair.got
    if not np.isrealobj(want) or not all_finite(want) or is_whole(want):
        return
    if is_whole(got) or 2 * int((want == np.trunc(want)).sum()) >= want.size:
        evidence, kept = "got is want with its fractions cut off", np.trunc(want)
        if pair.facts.got_dtype.kind not in "iu":
            yield pair.step(evidence, want=kept, weight=0.5)
        elif np.array_equal(kept, got):
            yield pair.explained(evidence, weight=0.95)
        else:
            yield pair.step(evidence, want=kept, weight=0.95)
