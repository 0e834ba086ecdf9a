"""& is logical in MATLAB, bitwise in NumPy.

`3 & 4` is true in MATLAB, for both are not zero; in NumPy it is the bits that both have, 0. Use
np.logical_and.
"""

from collections.abc import Iterator
from itertools import combinations

import numpy as np

from port.reference.causes.arrays import is_whole, peak
from port.reference.causes.rule import Manual, Pair, Step

MANUAL = Manual(
    code="F15",
    exact=True,
    setup="nz = np.array([[0.0, 1, 2, 3, 4, 7]])",
    matlab="ref = double(3&nz);",
    wrong="got = (3 & nz.astype(int)).astype(float)",
    right="got = np.logical_and(3, nz).astype(float)",
    remedy="Use np.logical_and, np.logical_or and np.logical_not.",
    see="https://github.com/numpy/numpy/blob/main/doc/source/user/numpy-for-matlab-users.rst",
)
MOST = 2.0**31


def undo(pair: Pair) -> Iterator[Step]:
    """want is 0 or 1; got holds bits of a whole-numbered input, or whole numbers where want is 1."""
    want, got = pair.want, pair.got
    if not (
        pair.same_shape
        and is_whole(got)
        and np.isin(want, (0, 1)).all()
        and (got >= 0).all()
        and got.max() < MOST
    ):
        return
    if got[want == 0].any():
        return
    bits = got.astype(np.int64)
    mask = int(np.bitwise_or.reduce(bits, axis=None))
    for name, a in pair.facts.shaped(want.shape).items():
        if is_whole(a) and peak(a) < MOST and np.array_equal(a != 0, want != 0):
            if np.array_equal(a.astype(np.int64) & mask, bits):
                yield pair.explained(
                    f"want is c & {name} as logicals, got as bits of c = {mask}", weight=0.95
                )
                return
    whole = {name: a for name, a in pair.facts.shaped(want.shape).items() if is_whole(a) and peak(a) < MOST}
    for (name, left), (other, right) in combinations(whole.items(), 2):
        both = np.array_equal((left != 0) & (right != 0), want != 0)
        if both and np.array_equal(left.astype(np.int64) & right.astype(np.int64), bits):
            yield pair.explained(f"want is {name} & {other} as logicals, got as bits", weight=0.95)
            return
    if (got > 1).sum() > 1 and not np.array_equal(got, want * got.max()):
        yield pair.explained("want is logical, got holds bits where want is 1", weight=0.14)
