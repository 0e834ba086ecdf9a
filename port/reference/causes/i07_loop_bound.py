"""A loop bound is one short: the last element is never written.

`for i = 1:n` runs n times, `range(1, n)` n - 1 times. What the loop does not reach keeps the initial value,
0.
"""

from collections.abc import Iterator

import numpy as np

from port.reference.causes.arrays import along
from port.reference.causes.rule import Manual, Pair, Step

MANUAL = Manual(
    code="I07",
    setup="",
    matlab="ref=zeros(6,1); for i=1:6, ref(i)=i^2; end",
    wrong="""\
got = np.zeros((6, 1))
for i in range(1, 6):
    got[i - 1] = i**2""",
    right="""\
got = np.zeros((6, 1))
for i in range(1, 7):
    got[i - 1] = i**2""",
    remedy="Loop over range(1, n + 1), or over range(n) with 0-based indices.",
    see="https://github.com/numpy/numpy/blob/main/doc/source/user/numpy-for-matlab-users.rst",
)


def undo(pair: Pair) -> Iterator[Step]:
    """The last, or the first, slice of got is still 0 where want has numbers."""
    want, got = pair.want, pair.got
    for axis, length in enumerate(want.shape) if pair.same_shape else ():
        for place, said, weight in ((length - 1, "last", 0.9), (0, "first", 0.3)):
            if (
                length > (2 if pair.whole else 1)
                and not along(got, axis, place, place + 1).any()
                and along(want, axis, place, place + 1).any()
            ):
                cut = np.delete(want, place, axis), np.delete(got, place, axis)
                evidence = f"the {said} entries of got are still 0, the others agree"
                yield pair.step(
                    evidence, want=cut[0], got=cut[1], weight=weight if length > 2 else weight / 2
                )
