"""Softmax without subtracting the maximum overflows.

`exp(z)` is Inf from z = 710 on, and Inf/Inf is NaN. Subtracting the maximum first changes nothing else.
"""

from collections.abc import Iterator

import numpy as np

from port.reference.causes.rule import Manual, Pair, Step
from port.reference.causes.shared import probabilities_along

MANUAL = Manual(
    code="F12",
    setup="zb = np.array([[800.0], [801], [-3]])",
    matlab="q=exp(zb-max(zb)); ref=q./sum(q);",
    wrong="with np.errstate(all='ignore'):\n    q = np.exp(zb); got = q/q.sum()",
    right="q = np.exp(zb - zb.max()); got = q/q.sum()",
    remedy="Subtract the maximum over the classes before exp.",
)
OVERFLOWS = {"float64": 709.0, "float32": 88.0}


def undo(pair: Pair) -> Iterator[Step]:
    """got is NaN, or 0, in samples of want that are probabilities, where an input is too large for exp."""
    want, got = pair.want, pair.got
    if not pair.same_shape or not np.isnan(got).any() or np.iscomplexobj(want):
        return
    limit = OVERFLOWS.get(str(pair.facts.got_dtype), 709.0)
    large = [name for name, a in pair.facts.arrays.items() if (np.abs(a[np.isfinite(a)]) > limit).any()]
    whole = pair.facts.want if pair.facts.want.ndim == want.ndim else want
    if want.ndim == 2:
        sums = probabilities_along(whole, pair.facts.loose)
    else:
        sums = [axis for axis in probabilities_along(whole.reshape(-1, 1), pair.facts.loose) if axis == 0]
    if not sums or (pair.facts.arrays and not large):
        return
    said = f"{large[0]} overflows exp: " if large else ""
    evidence = f"{said}got is NaN or 0 in samples of want that sum to 1"
    axis = min(sums)
    lost = np.isnan(got).any(axis=axis)
    if np.nan_to_num(np.compress(lost, got, axis=1 - axis) if got.ndim == 2 else got).any():
        return
    if lost.all():
        yield pair.explained(evidence, weight=0.95)
    else:
        kept = (np.compress(~lost, a, axis=1 - axis) for a in (want, got))
        yield pair.step(evidence, want=next(kept), got=next(kept), weight=0.95)
