"""The sign of eigenvectors and singular vectors is arbitrary (benign).

If v is an eigenvector, so is -v. MATLAB, Octave and LAPACK versions choose differently. Fix a sign on both
sides before comparing: for instance, make the largest element of each vector positive.
"""

from collections.abc import Iterator

import numpy as np

from port.reference.causes.arrays import is_orthonormal, may_fit
from port.reference.causes.rule import Manual, Pair, Step

MANUAL = Manual(
    code="M11",
    setup="Sy = np.array([[4.0, 1, 2], [1, 5, 3], [2, 3, 6]])",
    matlab="[V,~]=eig(Sy); ref=V.*sign(V(1,:));",
    wrong="w, V = np.linalg.eigh(Sy); got = -V*np.sign(V[0])",
    right="w, V = np.linalg.eigh(Sy); got = V*np.sign(V[0])",
    remedy="Fix the sign of every vector on both sides before comparing.",
    see="https://datascience.stackexchange.com/questions/54413/"
    "why-does-np-linalg-eig-produce-an-opposite-signed-eigenvector",
)


def undo(pair: Pair) -> Iterator[Step]:
    """Each column of got is plus or minus that of want; of unit columns, or with both signs."""
    want, got = pair.want, pair.got
    if not (pair.same_shape and want.ndim == 2 and want.shape[0] > 1) or not np.isrealobj(want):
        return
    for axis in (0, 1):
        if not may_fit(np.take(want, 0, axis=1 - axis), np.take(got, 0, axis=1 - axis), pair.facts.coarse):
            continue
        signs = np.where((want * got).sum(axis=axis, keepdims=True) < 0, -1.0, 1.0)
        unit = is_orthonormal(want if axis == 0 else want.T, pair.facts.loose)
        mixed = (signs < 0).any() and (signs > 0).any() and min(want.shape) > 2
        if (unit and (signs < 0).any()) or mixed:
            turned = ", ".join(str(i + 1) for i in np.flatnonzero(signs < 0)[:5])
            line = "columns" if axis == 0 else "rows"
            weight = (0.95 if unit else 0.3) * (1.0 if axis == 0 else 0.6)
            yield pair.step(
                f"{line} {turned} have the other sign", want=want * signs, weight=weight, final=True
            )
