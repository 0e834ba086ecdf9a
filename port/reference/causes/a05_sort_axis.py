"""sort along the last axis instead of down the columns.

`sort(A)` sorts every column; `np.sort(A)` sorts along the last axis, every row.
"""

from collections.abc import Iterator

import numpy as np

from port.reference.causes.arrays import Array
from port.reference.causes.rule import Manual, Pair, Step

MANUAL = Manual(
    code="A05",
    setup="A = np.array([[3.0, -1, 4, 1], [-5, 9, -2, 6], [5, 3, 5, 8]])",
    matlab="ref = sort(A);",
    wrong="got = np.sort(A)",
    right="got = np.sort(A, axis=0)",
    remedy="Give axis=0.",
    see="https://github.com/numpy/numpy/blob/main/doc/source/user/numpy-for-matlab-users.rst",
)


def undo(pair: Pair) -> Iterator[Step]:
    """The same values, sorted along one axis in want and along the other in got."""
    want, got = pair.want, pair.got
    if (
        want.ndim != 2
        or want.size != got.size
        or got.ndim != 2
        or np.iscomplexobj(want)
        or np.iscomplexobj(got)
    ):
        return
    for axis in (0, 1):
        if _is_sorted(want, axis) and not _is_sorted(want, 1 - axis) and _is_sorted(got, 1 - axis):
            want, got = np.sort(want, axis=None), np.sort(got, axis=None)
            same_way = got[0] * want[0] >= 0 and got[-1] * want[-1] >= 0
            evidence = f"the same values, sorted along dimension {axis + 1} in want, the other in got"
            yield pair.step(evidence, want=want if same_way else want[::-1], got=got)
            return


def _is_sorted(array: Array, axis: int) -> bool:
    if array.shape[axis] < 2:
        return False
    first = np.diff(np.take(array, 0, axis=1 - axis))
    if not ((first >= 0).all() or (first <= 0).all()):
        return False
    steps = np.diff(array, axis=axis)
    return bool((steps >= 0).all() or (steps <= 0).all())
