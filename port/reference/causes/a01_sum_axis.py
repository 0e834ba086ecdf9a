"""sum or mean over everything instead of over columns.

`sum(A)` and `mean(A)` work down the columns of a matrix and give a row; `A.sum()` and `A.mean()` take all
elements and give one number. Name the axis.
"""

from collections.abc import Iterator

import numpy as np

from port.reference.causes.rule import Manual, Pair, Step

MANUAL = Manual(
    code="A01",
    setup="A = np.arange(12.0).reshape(3, 4) ** 2",
    matlab="ref = sum(A);",
    wrong="got = np.array(A.sum())",
    right="got = A.sum(axis=0, keepdims=True)",
    remedy="Give axis=0 and keepdims=True.",
    see="https://github.com/numpy/numpy/blob/main/doc/source/user/numpy-for-matlab-users.rst",
)


def undo(pair: Pair) -> Iterator[Step]:
    """got is one number: the sum, or the mean, of want."""
    want, got = pair.want, pair.got
    if got.size == 1 < want.size:
        yield pair.step("got is the sum of want", want=np.reshape(want.sum(), got.shape))
        yield pair.step("got is the mean of want", want=np.reshape(want.mean(), got.shape))
