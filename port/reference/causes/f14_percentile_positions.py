"""prctile uses midpoint positions, np.percentile linear ones.

MATLAB places the k-th of n sorted values at 100*(k - 0.5)/n per cent; NumPy's default puts the first at 0
and the last at 100. Give method='hazen'.
"""

from collections.abc import Iterator

import numpy as np

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
SHARES = np.linspace(0.5, 99.5, 199)


def undo(pair: Pair) -> Iterator[Step]:
    """want is a midpoint percentile of an input, got the linear one of the same share."""
    if pair.want.size != 1 or np.iscomplexobj(pair.want):
        return
    given = [p * unit for p in pair.facts.scalars.values() for unit in (1, 100) if 0 <= p * unit <= 100]
    shares = np.concatenate([given, SHARES])
    for name, a in pair.facts.arrays.items():
        if np.isrealobj(a) and np.isfinite(a).all():
            middle = np.percentile(a, shares, method="hazen")
            place = int(np.abs(middle - pair.want.flat[0]).argmin())
            if abs(middle[place] - pair.want.flat[0]) <= pair.facts.loose * np.abs(a).max():
                linear = np.percentile(a, shares[place])
                evidence = f"want is the {shares[place]:g}% point of {name} by midpoints, got the linear one"
                yield pair.step(evidence, want=np.full(pair.want.shape, linear), weight=0.95)
