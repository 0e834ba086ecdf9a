"""Label K stands for class 0: one-hot columns rotated.

Old MATLAB data sets store the digit 0 as label 10, because an index cannot be 0. A port that takes the
label modulo K, or counts from 0 at the wrong end, turns the one-hot matrix by one class.
"""

from collections.abc import Iterator

import numpy as np

from port.reference.causes.arrays import Array
from port.reference.causes.rule import Manual, Pair, Step

MANUAL = Manual(
    code="I05",
    setup="y = np.array([[1], [4], [2], [3], [1]])",
    matlab="I4=eye(4); ref = I4(:,y);",
    wrong="got = np.eye(4)[:, y.ravel().astype(int) % 4]",
    right="got = np.eye(4)[:, y.ravel().astype(int) - 1]",
    remedy="Map label k to row k - 1, label K included.",
    see="https://github.com/everpeace/ml-class-assignments",
)


def undo(pair: Pair) -> Iterator[Step]:
    """One-hot matrices, turned by one along the axis of the classes."""
    want = pair.want
    for axis in range(2) if want.ndim == 2 else ():
        if _is_one_hot(want, axis):
            yield pair.step("one-hot classes are turned by one", want=np.roll(want, 1, axis), weight=0.95)


def _is_one_hot(array: Array, axis: int) -> bool:
    return bool(np.isin(array, (0, 1)).all() and (array.sum(axis=axis) == 1).all())
