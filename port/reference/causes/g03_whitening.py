"""Whitening by sphering against whitening by PCA.

`U*diag(1./sqrt(l))*U'` and `diag(1./sqrt(l))*U'` both whiten; they differ by a rotation. The port starts
the optimiser elsewhere and may end elsewhere.
"""

from collections.abc import Iterator

import numpy as np

from port.reference.causes.arrays import Array, is_orthonormal, nearly
from port.reference.causes.rule import Manual, Pair, Step, all_finite

MANUAL = Manual(
    code="G03",
    setup="C = np.array([[4.0, 1, 2], [1, 5, 3], [2, 3, 6]]); l, U = np.linalg.eigh(C)",
    matlab="W = U*diag(1./sqrt(l))*U';",
    wrong="got = (U/np.sqrt(l)).T",
    right="got = (U/np.sqrt(l)) @ U.T",
    remedy="Whiten in the same way on both sides.",
    see="https://github.com/mind-inria/picard/pull/75",
)
FIRST, MOST = 4, 2000


def undo(pair: Pair) -> Iterator[Step]:
    """got = Q want with Q orthogonal: got'*got = want'*want."""
    want, got = pair.want, pair.got
    if want.ndim != 2 or not pair.same_shape or min(want.shape) < 2 or not all_finite(want, got):
        return
    lengths = float(np.linalg.norm(want)), float(np.linalg.norm(got))
    if (
        not nearly(*lengths, pair.facts.loose)
        or pair.residual < 1e-2
        or pair.ratio is not None
        or is_orthonormal(want, pair.facts.loose)
    ):
        return
    if _same_gram(pair, want, got):
        yield pair.explained("got'*got equals want'*want: they differ by a rotation", weight=0.35)
    elif _same_gram(pair, want.T, got.T):
        yield pair.explained("got*got' equals want*want': they differ by a rotation", weight=0.35)


def _same_gram(pair: Pair, want: Array, got: Array) -> bool:
    """Whether the products of the columns agree; those of the first few are asked first."""
    few = pair.same(_gram(want[:, :FIRST]), _gram(got[:, :FIRST]))
    return few and want.shape[1] <= MOST and pair.same(_gram(want), _gram(got))


def _gram(a: Array) -> Array:
    return a.conj().T @ a
