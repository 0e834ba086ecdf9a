"""Labels off by one: [~, p] = max() counts from 1, argmax from 0.

Predicted classes, positions and ranks from MATLAB count from 1. `argmax` counts from 0, and every label is
one too small.
"""

from collections.abc import Iterator

import numpy as np

from port.reference.causes.arrays import is_whole, peak
from port.reference.causes.rule import Manual, Pair, Step

MANUAL = Manual(
    code="I04",
    setup="Z = np.array([[1.0, 5, 3, 9], [4, 2, 8, 7], [6, 3, 2, 1]])",
    matlab="[~,ref] = max(Z,[],1);",
    wrong="got = Z.argmax(axis=0).reshape(1, -1)",
    right="got = Z.argmax(axis=0).reshape(1, -1) + 1",
    remedy="Add 1 to argmax, or keep labels 0-based on both sides.",
    see="https://github.com/cheind/py-motmetrics/issues/55",
)
LEAST_STEP = 0.1  # of rounding, beside which 1 is much
ONE_LABEL = 0.95  # where all labels are one: what counts from 0 is of an integer type


def undo(pair: Pair) -> Iterator[Step]:
    """Whole numbers, all smaller by exactly 1."""
    evidence = "every whole number in got is 1 less than in want"
    if not is_whole(pair.want) or peak(pair.want) * pair.facts.loose > LEAST_STEP:
        return
    if np.ptp(pair.want):
        yield pair.step(evidence, want=pair.want - 1, weight=0.95)
    elif pair.same_shape and pair.want.size and pair.facts.got_dtype.kind in "iu":
        if pair.want.flat[0] >= 1 and np.array_equal(pair.want - 1, pair.got):
            yield pair.explained(evidence, weight=ONE_LABEL)
