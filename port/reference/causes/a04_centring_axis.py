"""Centring without keepdims on a square matrix.

`S - mean(S, 2)` takes the mean of each row from that row. `S - S.mean(axis=1)` has lost the dimension: the
means form a row, broadcast over the columns, and element (i, j) loses the mean of row j.
"""

from collections.abc import Iterator

import numpy as np

from port.reference.causes.arrays import centred, fit, peak
from port.reference.causes.rule import Manual, Pair, Step

MANUAL = Manual(
    code="A04",
    setup="S = np.arange(9.0).reshape(3, 3) ** 2",
    matlab="ref = S - mean(S,2);",
    wrong="got = S - S.mean(axis=1)",
    right="got = S - S.mean(axis=1, keepdims=True)",
    remedy="Give keepdims=True to every reduction whose result is broadcast again.",
)


def undo(pair: Pair) -> Iterator[Step]:
    """got - want is m_i - m_j: antisymmetric, and the same pattern in every row."""
    want, got = pair.want, pair.got
    if want.ndim != 2 or want.shape[0] != want.shape[1] or len(want) < 2:
        return
    for name, s in pair.facts.shaped(want.shape).items():
        if pair.same(centred(s[:1], 1), want[:1]) and pair.same(centred(s, 1), want):
            yield pair.step(
                f"got is {name} less its row means, taken from columns", want=s - s.mean(axis=1), weight=0.95
            )
    noise = 10 * pair.facts.loose * max(peak(want), peak(got))
    if not pair.same_shape:
        return
    means = [np.abs(want.mean(axis=axis)).max() for axis in (0, 1)]
    if min(means) > noise:
        return
    core = centred(want, 0, 1), centred(got, 0, 1)
    scale = fit(*core, pair.facts.coarse)
    if scale is None:
        return
    apart = got - scale * want
    if np.abs(apart + apart.T).max() <= noise and np.abs(centred(apart, 0, 1)).max() <= noise:
        yield pair.step(
            "got - want is m_i - m_j at (i,j): means taken from columns",
            want=core[0],
            got=core[1],
            final=True,
        )
