"""svd returns V in MATLAB and V transposed in NumPy.

`[U, S, V] = svd(A)` means A = U*S*V'; `np.linalg.svd` returns the factor that stands on the right, V'.
"""

from collections.abc import Iterator

import numpy as np

from port.reference.causes.arrays import is_orthonormal
from port.reference.causes.rule import Manual, Pair, Step

MANUAL = Manual(
    code="M10",
    setup="S = np.array([[4.0, 1, 2], [1, 5, 3], [2, 0, 6]])",
    matlab="[~,~,ref] = svd(S);",
    wrong="got = np.linalg.svd(S)[2]",
    right="got = np.linalg.svd(S)[2].T",
    remedy="Transpose the third result: Vh.conj().T.",
    see="https://github.com/numpy/numpy/blob/main/doc/source/user/numpy-for-matlab-users.rst",
)


def undo(pair: Pair) -> Iterator[Step]:
    """want is orthogonal, got its (conjugate) transpose, up to the sign of each vector."""
    want, got = pair.want, pair.got
    if want.size < 2 or not is_orthonormal(want, pair.facts.loose):
        return
    turned = want.conj().T
    yield pair.step("want is orthogonal, got is its transpose", want=turned, weight=0.95)
    if turned.shape == got.shape:
        signs = np.where((turned.conj() * got).real.sum(axis=1, keepdims=True) < 0, -1.0, 1.0)
        if (signs < 0).any():
            evidence = "want is orthogonal, got is its transpose up to the signs of the vectors"
            yield pair.step(evidence, want=turned * signs, weight=0.9)
