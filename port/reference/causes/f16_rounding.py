"""Rounding: the order of a summation, another BLAS (benign).

Floating-point sums depend on their order. MATLAB, NumPy and each BLAS split sums differently; the results
differ in the last digits, by no more than the number of terms times eps, and without any pattern.
"""

from collections.abc import Iterator

import numpy as np

from port.reference.causes.facts import SINGLE_NOISE
from port.reference.causes.rule import Manual, Pair, Step

MANUAL = Manual(
    code="F16",
    stage="precision",
    setup="lv = np.linspace(0.1, 7.3, 1001).reshape(-1, 1)**3",
    matlab="ref = sum(lv);",
    wrong="got = np.array([[np.cumsum(lv)[-1]]])",
    right="got = np.array([[lv.sum()]])",
    remedy="None is needed: compare with a tolerance, and never for equality.",
    see="https://github.com/mind-inria/picard/pull/75",
)
SURE = 1e-12


def undo(pair: Pair) -> Iterator[Step]:
    """The largest error is a few units of the last digit of the largest element."""
    if 0 < pair.residual <= pair.facts.noise:
        sure = pair.residual <= SURE or pair.facts.noise > SURE * 1e3
        kind = np.float32 if pair.facts.noise >= SINGLE_NOISE else np.float64
        ulps = pair.residual / np.finfo(kind).eps
        yield pair.explained(
            f"the largest error is {pair.residual:.1g} of the largest element ({ulps:.3g} eps of {kind.__name__})",
            0.9 if sure else 0.3,
        )
