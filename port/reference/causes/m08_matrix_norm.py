"""norm(A) is the spectral norm, np.linalg.norm(A) the Frobenius norm.

For vectors both are the Euclidean length; for matrices MATLAB's default is the largest singular value.
"""

from collections.abc import Iterator

import numpy as np

from port.reference.causes.arrays import nearly
from port.reference.causes.rule import Manual, Pair, Step

MANUAL = Manual(
    code="M08",
    stage="recompute",
    setup="S = np.arange(9.0).reshape(3, 3)",
    matlab="ref = norm(S);",
    wrong="got = np.array([[np.linalg.norm(S)]])",
    right="got = np.array([[np.linalg.norm(S, 2)]])",
    remedy="Write np.linalg.norm(A, 2).",
    see="https://numpy.org/doc/stable/reference/generated/numpy.linalg.norm.html",
)
MOST = 1000


def undo(pair: Pair) -> Iterator[Step]:
    """want is the spectral norm of an input, got its Frobenius norm."""
    if pair.want.size != 1:
        return
    for name, a in pair.facts.matrices.items():
        if 1 < min(a.shape) <= MOST and np.isfinite(a).all():
            if nearly(float(np.linalg.norm(a, 2)), float(pair.want.flat[0].real), pair.facts.loose):
                evidence = f"want is the largest singular value of {name}, got the root of its squares' sum"
                yield pair.step(evidence, want=np.full(pair.want.shape, np.linalg.norm(a)), weight=0.95)
