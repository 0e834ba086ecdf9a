"""max over everything instead of over columns.

`max(A)` gives the largest of every column; `A.max()` the largest of all. The same holds for min.
"""

from collections.abc import Iterator

import numpy as np

from port.reference.causes.rule import Manual, Pair, Step

MANUAL = Manual(
    code="A02",
    setup="A = np.array([[3.0, -1, 4], [1, 5, -9], [2, 6, 5]])",
    matlab="ref = max(A);",
    wrong="got = np.array(A.max())",
    right="got = A.max(axis=0, keepdims=True)",
    remedy="Give axis=0 and keepdims=True.",
    see="https://github.com/numpy/numpy/blob/main/doc/source/user/numpy-for-matlab-users.rst",
)


def undo(pair: Pair) -> Iterator[Step]:
    """got is one number: the largest, or the smallest, of want."""
    want, got = pair.want, pair.got
    if got.size == 1 < want.size and np.isrealobj(want):
        yield pair.step("got is the maximum of want", want=np.reshape(want.max(), got.shape))
        yield pair.step("got is the minimum of want", want=np.reshape(want.min(), got.shape))
