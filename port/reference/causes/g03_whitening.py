"""Whitening by sphering against whitening by PCA.

`U*diag(1./sqrt(l))*U'` and `diag(1./sqrt(l))*U'` both whiten; they differ by a rotation. The port starts
the optimiser elsewhere and may end elsewhere.
"""

from collections.abc import Iterator

import numpy as np

from port.reference.causes.arrays import Array, fit, is_orthonormal, is_square, is_whole
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
    """One of both is symmetric, and got = c Q want with Q orthogonal: got'*got is in one ratio to want'*want."""
    want, got = pair.want, pair.got
    if not (is_square(want) and pair.same_shape and len(want) > 1 and all_finite(want, got)):
        return
    if not (pair.same(want, want.T) or fit(got, got.T, pair.facts.loose) is not None):
        return
    if (
        pair.residual < 1e-2
        or pair.ratio is not None
        or is_orthonormal(want, pair.facts.loose)
        or is_whole(want)
    ):
        return
    for said, turned, other in (
        ("got'*got equals want'*want", want, got),
        ("got*got' equals want*want'", want.T, got.T),
    ):
        if _same_gram(pair, turned, other):
            scale = float(np.linalg.norm(got) / np.linalg.norm(want))
            evidence = f"{said}: they differ by a rotation"
            yield pair.step(evidence, got=scale * want, weight=0.35, final=True)
            return


def _same_gram(pair: Pair, want: Array, got: Array) -> bool:
    """Whether the products of the columns are in one ratio; those of the first few are asked first."""
    few = fit(_gram(want[:, :FIRST]), _gram(got[:, :FIRST]), pair.facts.loose) is not None
    return few and want.shape[1] <= MOST and fit(_gram(want), _gram(got), pair.facts.loose) is not None


def _gram(a: Array) -> Array:
    return a.conj().T @ a
