"""The bias column is left out of the product.

Coursework keeps the bias in the first column of the weights and puts a row of ones above the data. Without
them each output misses a constant: the same for all samples.
"""

from collections.abc import Iterator

import numpy as np

from port.reference.causes.arrays import Array, centred, fit, is_whole, may_fit, peak
from port.reference.causes.rule import Manual, Pair, Step, all_finite

MANUAL = Manual(
    code="N03",
    setup="Wb = np.array([[10.0, 1, 2], [20, 3, 4]]); X = np.array([[1.0, 5, -2, 3], [2, 0.5, 1, 1]])",
    matlab="ref = Wb*[ones(1,size(X,2));X];",
    wrong="got = Wb[:, 1:] @ X",
    right="got = Wb @ np.vstack([np.ones((1, X.shape[1])), X])",
    remedy="Put the row of ones above the data, or add the bias.",
)
LEAST_SAMPLES, LEAST_OFFSET = 3, 2.0


def undo(pair: Pair) -> Iterator[Step]:
    """want - got is one number an output, the same for all samples."""
    want, got = pair.want, pair.got
    if not pair.same_shape or want.ndim != 2 or not all_finite(want, got):
        return
    for axis, natural in ((1, 1.0), (0, 0.6)):
        one = np.take(want, 0, axis=1 - axis), np.take(got, 0, axis=1 - axis)
        if want.shape[axis] > 1 and may_fit(centred(one[0], 0), centred(one[1], 0), pair.facts.coarse):
            ratio = fit(centred(one[0], 0), centred(one[1], 0), pair.facts.coarse)
            offset = np.take(want - got / (ratio or 1.0), 0, axis=axis)
            if np.abs(offset).max() <= LEAST_OFFSET * pair.facts.loose * peak(want):
                continue
            alike = pair.same(offset, np.full_like(offset, offset[0]))
            if alike and (offset.size > 1 or offset[0] == 1):
                continue
            biases = _bias_name(pair, offset)
            if want.shape[axis] < LEAST_SAMPLES and not biases:
                continue
            weight = 0.95 if biases else 0.1 if is_whole(want) else 0.8
            said = f"the first column of {biases}" if biases else "one number an output"
            evidence = f"want - got is {said}, the same for all samples"
            pairs = centred(want, axis), centred(got, axis)
            yield pair.step(evidence, want=pairs[0], got=pairs[1], weight=weight * natural, final=True)


def _bias_name(pair: Pair, offset: Array) -> str:
    """The input whose first column is the offset; empty when there is none."""
    for name, a in pair.facts.matrices.items():
        if len(a) == offset.size and pair.same(a[:, 0], offset):
            return name
    return ""
