"""prctile uses midpoint positions, np.percentile linear ones.

MATLAB places the k-th of n sorted values at 100*(k - 0.5)/n per cent; NumPy's default puts the first at 0
and the last at 100. Give method='hazen'.
"""

from collections.abc import Iterator

import numpy as np

from port.reference.causes.arrays import Array, nearly
from port.reference.causes.rule import Manual, Pair, Step

MANUAL = Manual(
    code="F14",
    stage="recompute",
    setup="v = np.array([[3.0], [1], [4], [1.5], [5], [9], [2]])",
    matlab="ref = prctile(v,30);",
    wrong="got = np.array([[np.percentile(v, 30)]])",
    right="got = np.array([[np.percentile(v, 30, method='hazen')]])",
    remedy="Give method='hazen'.",
)

PLACES = 4  # shares are mostly written in whole or half per cent


def undo(pair: Pair) -> Iterator[Step]:
    """want lies between two values of an input as a midpoint percentile does; got is the linear one of that share."""
    if pair.want.size != 1 or np.iscomplexobj(pair.want):
        return
    value = float(pair.want.flat[0])
    for name, a in pair.facts.arrays.items():
        if np.isrealobj(a) and np.isfinite(a).all() and a.min() <= value <= a.max():
            for share in _shares(pair, a, value):
                evidence = f"want is the {100 * share:.4g}% point of {name} by midpoints, got the linear one"
                yield pair.step(evidence, want=np.full(pair.want.shape, np.quantile(a, share)), weight=0.95)


def _shares(pair: Pair, a: Array, value: float) -> list[float]:
    """The shares of an array that lie below a value: given as a number or in percent, round, or as they are."""
    share = float(np.interp(value, np.sort(a, axis=None), (np.arange(a.size) + 0.5) / a.size))
    given = [p / unit for p in pair.facts.scalars.values() for unit in (1, 100) if 0 <= p <= unit]
    fitting = [p for p in given if nearly(float(np.quantile(a, p, method="hazen")), value, pair.facts.loose)]
    return list(dict.fromkeys(fitting or [round(share, PLACES), share]))
