"""prctile uses midpoint positions, np.percentile linear ones.

MATLAB places the k-th of n sorted values at 100*(k - 0.5)/n per cent; NumPy's default puts the first at 0
and the last at 100. Give method='hazen'.
"""

from collections.abc import Iterator

import numpy as np

from port.reference.causes.arrays import Array
from port.reference.causes.rule import Manual, Pair, Step, all_finite

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
MOST_POINTS = 64


def undo(pair: Pair) -> Iterator[Step]:
    """want lies between the values of an input as midpoint percentiles do; got is the linear one of those shares."""
    want = pair.want
    if np.iscomplexobj(want) or not all_finite(want):
        return
    for name, a in pair.facts.arrays.items():
        if not (np.isrealobj(a) and all_finite(a)):
            continue
        if want.size <= MOST_POINTS and a.min() <= want.min() and want.max() <= a.max():
            rising = np.sort(a, axis=None)
            for shares in _shares(pair, rising):
                yield _step(pair, name, shares, _between(rising, shares * (a.size - 1)))
        if a.ndim == 2 and len(a) > 2 and want.shape == (1, a.shape[1]) and want.size > 1:
            yield from _of_columns(pair, name, a)


def _step(pair: Pair, name: str, shares: Array, points: Array) -> Step:
    said = ", ".join(f"{100 * share:.4g}%" for share in np.ravel(shares))
    evidence = f"want is the {said} point of {name} by midpoints, got the linear one"
    return pair.step(evidence, want=points.reshape(pair.want.shape), weight=0.95)


def _shares(pair: Pair, rising: Array) -> Iterator[Array]:
    """The shares of sorted values below those of want: given as numbers or in percent, round, or any if got agrees."""
    want, n = pair.want.ravel(), rising.size
    exact = np.interp(want, rising, (np.arange(n) + 0.5) / n)
    given = [a.ravel() / unit for a in pair.facts.inputs.values() for unit in (1, 100) if a.size == want.size]
    known = [p for p in given if np.isrealobj(p) and (p >= 0).all() and (p <= 1).all()]
    fitting = [p for p in (*known, exact.round(PLACES)) if pair.same(_between(rising, p * n - 0.5), want)]
    yield from fitting[:1]
    if not fitting and pair.got.shape == pair.want.shape:
        if pair.same(_between(rising, exact * (n - 1)), pair.got.ravel()):
            yield exact


def _of_columns(pair: Pair, name: str, a: Array) -> Iterator[Step]:
    """One share of every column, told from the first."""
    n = len(a)
    share = np.interp(pair.want[0, 0], np.sort(a[:, 0]), (np.arange(n) + 0.5) / n).round(PLACES)
    if pair.same(np.quantile(a, share, axis=0, keepdims=True, method="hazen"), pair.want):
        yield _step(pair, name, share, np.quantile(a, share, axis=0))


def _between(rising: Array, places: Array) -> Array:
    """The values at places, counted from 0, of which parts lie between two values."""
    points: Array = np.interp(places, np.arange(rising.size), rising)
    return points
