"""svd returns V in MATLAB and V transposed in NumPy.

`[U, S, V] = svd(A)` means A = U*S*V'; `np.linalg.svd` returns the factor that stands on the right, V'.
"""

from collections.abc import Iterator

import numpy as np

from port.reference.causes.arrays import Array, is_orthonormal
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
    if want.size > 1 and is_orthonormal(want, pair.facts.noise):
        turned = want.conj().T
        signs = _signs(turned, got) if turned.shape == got.shape else np.ones(1)
        said = " up to the signs of the vectors" if (signs < 0).any() else ""
        yield pair.step(f"want is orthogonal, got is its transpose{said}", want=turned * signs, weight=0.95)


def _signs(want: Array, got: Array) -> Array:
    signs: Array = np.where((want.conj() * got).real.sum(axis=1, keepdims=True) < 0, -1.0, 1.0)
    return signs
