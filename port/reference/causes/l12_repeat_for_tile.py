"""repmat ported to np.repeat instead of np.tile.

`repmat(v, 1, 2)` lays copies side by side: a b a b. `np.repeat` repeats every element: a a b b.
"""

from collections.abc import Iterator

import numpy as np

from port.reference.causes.arrays import Array, along, folds
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


def undo(pair: Pair) -> Iterator[Step]:
    """want is periodic along an axis; got repeats each element of the period."""
    want = pair.want
    if want.ndim != pair.got.ndim or max(want.shape, default=0) < max(pair.got.shape, default=0):
        return
    for axis, length in enumerate(want.shape):
        for period, copies in folds(length):
            if _is_periodic(want, axis, period):
                repeated = np.repeat(along(want, axis, None, period), copies, axis=axis)
                yield pair.step(f"want is {copies} copies side by side, got repeats each", want=repeated)
                break


def _is_periodic(array: Array, axis: int, period: int) -> bool:
    once = along(array, axis, None, 1), along(array, axis, period, period + 1)
    whole = along(array, axis, None, -period), along(array, axis, period, None)
    return np.array_equal(*once) and np.array_equal(*whole)
