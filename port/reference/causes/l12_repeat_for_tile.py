"""repmat ported to np.repeat instead of np.tile.

`repmat(v, 1, 2)` lays copies side by side: a b a b. `np.repeat` repeats every element: a a b b.
"""

from collections.abc import Iterator

import numpy as np

from port.reference.causes.arrays import Array, along, folds, peak
from port.reference.causes.rule import Manual, Pair, Step

MANUAL = Manual(
    code="L12",
    setup="v = np.arange(1.0, 5.0).reshape(-1, 1)",
    matlab="ref = repmat(v',1,2);",
    wrong="got = np.repeat(v.T, 2, axis=1)",
    right="got = np.tile(v.T, (1, 2))",
    remedy="Use np.tile.",
    see="https://github.com/numpy/numpy/blob/main/doc/source/user/numpy-for-matlab-users.rst",
)
WEIGHT = 0.95


def undo(pair: Pair) -> Iterator[Step]:
    """want is periodic along an axis; got repeats each element of the period."""
    want = pair.want
    if want.ndim != pair.got.ndim or max(want.shape, default=0) < max(pair.got.shape, default=0):
        return
    both, tiled = want, []
    for axis in range(want.ndim) if peak(want) else ():
        period = _period(want, axis)
        if period < want.shape[axis]:
            repeated = _repeated(want, axis, period)
            both, copies = _repeated(both, axis, period), want.shape[axis] // period
            tiled.append(copies)
            yield pair.step(
                f"want is {copies} copies side by side, got repeats each", want=repeated, weight=WEIGHT
            )
    if len(tiled) > 1:
        said = " x ".join(map(str, tiled))
        yield pair.step(f"want is {said} copies side by side, got repeats each", want=both, weight=WEIGHT)


def _period(array: Array, axis: int) -> int:
    """The length of the shortest block that repeats along an axis; all of it when none does."""
    length = array.shape[axis]
    return next((n for n, _ in folds(length) if _is_periodic(array, axis, n)), length)


def _repeated(array: Array, axis: int, period: int) -> Array:
    """Each slice of the first block as often as the block occurs, one beside the other."""
    copies = array.shape[axis] // period
    return np.repeat(along(array, axis, None, period), copies, axis=axis)


def _is_periodic(array: Array, axis: int, period: int) -> bool:
    once = along(array, axis, None, 1), along(array, axis, period, period + 1)
    whole = along(array, axis, None, -period), along(array, axis, period, None)
    return np.array_equal(*once) and np.array_equal(*whole)
