"""Bias weights are regularised.

The penalty lambda/2*|W|^2 leaves the bias out, so the first column of the gradient gets none. A port that
adds `lambda*W` to everything differs in that column alone.
"""

from collections.abc import Iterator

import numpy as np

from port.reference.causes.arrays import Array, along, fit, may_fit, nearly, peak, residual
from port.reference.causes.rule import Manual, Pair, Step, all_finite

MANUAL = Manual(
    code="N05",
    setup="Wb = np.array([[10.0, 1, 2], [20, 3, 4]]); gb = np.array([[0.5, 5, -2], [2, 0.5, 1]]); lam = 0.1",
    matlab="ref = gb + lambda*[zeros(size(Wb,1),1) Wb(:,2:end)];",
    wrong="got = gb + lam*Wb",
    right="got = gb + lam*np.c_[np.zeros(len(Wb)), Wb[:, 1:]]",
    remedy="Zero the first column of the penalty's gradient.",
)
MOST_LOST = 1e-2  # of the digits of a small difference of large numbers


def undo(pair: Pair) -> Iterator[Step]:
    """want and got differ in the first column only (or the first row), and there throughout."""
    want, got = pair.want, pair.got
    if not pair.same_shape or want.ndim != 2 or not all_finite(want, got):
        return
    for axis, said, natural in ((1, "column", 1.0), (0, "row", 0.3)):
        rest = along(want, axis, 1, None), along(got, axis, 1, None)
        ratio = fit(*rest, pair.facts.coarse) if may_fit(*rest, pair.facts.coarse) else None
        if ratio is None:
            continue
        apart = np.take(got - ratio * want, 0, axis=axis)
        names = [
            a
            for a, w in pair.facts.shaped(want.shape).items()
            if _is_multiple(pair, np.take(w, 0, axis), apart)
        ]
        noise = 10 * max(pair.facts.eps, residual(ratio * rest[0], rest[1])) * peak(got)
        if names or (apart.size > 1 and (np.abs(apart) > noise).all()):
            evidence = f"want and got differ in the first {said} only" + (
                f", by a multiple of {names[0]}" if names else ""
            )
            weight = natural * (0.95 if names else 0.7)
            yield pair.step(evidence, want=rest[0], got=rest[1], weight=weight, final=True)


def _is_multiple(pair: Pair, first: Array, apart: Array) -> bool:
    """Whether the error is a constant times the weights: for a single one, times a number among the inputs."""
    lost = 10 * pair.facts.eps * peak(pair.got) / (peak(apart) or 1.0)
    factor = fit(first, apart, min(max(1e-6, lost), MOST_LOST))
    if factor is None or first.size > 1:
        return factor is not None
    return any(nearly(factor, known, 1e-6) for known in pair.facts.scalars.values())
