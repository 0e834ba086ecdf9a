"""Whitening by sphering against whitening by PCA.

`U*diag(1./sqrt(l))*U'` and `diag(1./sqrt(l))*U'` both whiten; they differ by a rotation. The port starts
the optimiser elsewhere and may end elsewhere.
"""

from collections.abc import Iterator

import numpy as np

from port.reference.causes.arrays import Array, fit, is_orthonormal, is_square, is_whole, residual
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
NEARLY_WHITE = 1e-6


def undo(pair: Pair) -> Iterator[Step]:
    """One of both is symmetric, and got = c Q want with Q orthogonal: got'*got is in one ratio to want'*want."""
    want, got = pair.want, pair.got
    if want.ndim != 2 or not pair.same_shape or min(want.shape) < 2 or not all_finite(want, got):
        return
    if not is_square(want):
        yield from _whitened_data(pair)
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


def _whitened_data(pair: Pair) -> Iterator[Step]:
    """The data after whitening, samples in columns or in rows: both of one variance in all directions."""
    for want, got in ((pair.want, pair.got), (pair.want.T, pair.got.T)):
        features, samples = want.shape
        if samples <= features or features > MOST:
            continue
        first = np.vdot(want[0], want[0]).real, np.vdot(want[1], want[0])
        orthonormal = abs(first[0] - 1) <= NEARLY_WHITE
        if not first[0] or abs(first[1]) > NEARLY_WHITE * first[0] or orthonormal or is_whole(want):
            continue
        white = _gram(want.conj().T) / first[0]
        turn = got @ want.conj().T / first[0]
        scale = float(np.linalg.norm(got) / np.linalg.norm(want))
        if residual(np.eye(features), white) <= NEARLY_WHITE and pair.same(turn @ want, got):
            mixed = np.abs(turn) > NEARLY_WHITE * scale
            if fit(np.eye(features), _gram(turn), pair.facts.loose) is not None and mixed.sum() > features:
                evidence = "both are white, and got is want after a rotation"
                yield pair.step(evidence, got=scale * pair.want, weight=0.8, final=True)
            return


def _same_gram(pair: Pair, want: Array, got: Array) -> bool:
    """Whether the products of the columns are in one ratio; those of the first few are asked first."""
    few = fit(_gram(want[:, :FIRST]), _gram(got[:, :FIRST]), pair.facts.loose) is not None
    return few and want.shape[1] <= MOST and fit(_gram(want), _gram(got), pair.facts.loose) is not None


def _gram(a: Array) -> Array:
    return a.conj().T @ a
