"""0*log(0) is NaN in the cross-entropy.

Where a target is 0 and the probability has underflowed to 0, the product is 0*(-Inf) = NaN. MATLAB code
guards with `max(p, realmin)` or `eps`.
"""

from collections.abc import Iterator

import numpy as np

from port.reference.causes.rule import Manual, Pair, Step
from port.reference.causes.shared import unless_nan

MANUAL = Manual(
    code="F13",
    setup="t0 = np.array([[1.0], [0], [0]]); p0 = np.array([[0.75], [0.25], [0]])",
    matlab="ref = -sum(t0.*log(max(p0,realmin)));",
    wrong="with np.errstate(all='ignore'):\n    got = np.array([[-(t0*np.log(p0)).sum()]])",
    right="got = np.array([[-(t0*np.log(np.maximum(p0, np.finfo(float).tiny))).sum()]])",
    remedy="Guard the logarithm: np.log(np.maximum(p, np.finfo(float).tiny)), or scipy.special.xlogy.",
    see="http://www.mathworks.com/help/nnet/ref/crossentropy.html?nocookie=true",
)


def undo(pair: Pair) -> Iterator[Step]:
    """got is NaN, want a number, and an input of probabilities holds an exact 0."""
    if not np.isnan(pair.got).any():
        return
    inputs = pair.facts.arrays
    if any(np.isnan(a).any() for a in inputs.values()):
        return
    zeros = [name for name, a in inputs.items() if (a == 0).any() and ((a >= 0) & (a <= 1)).all()]
    if zeros or not inputs:
        evidence = f"{' and '.join(zeros[:2])} hold exact 0" if zeros else "got is NaN where want is a number"
        yield from unless_nan(pair, f"{evidence}: 0*log(0)", 0.9 if len(zeros) > 1 else 0.8 if zeros else 0.1)
