"""Assignment aliases: the input was changed.

`w = v` copies in MATLAB (when one of them is changed) and names the same array in NumPy. What is assigned
to w later changes v too. Copy.
"""

from collections.abc import Iterator

import numpy as np

from port.reference.causes.arrays import is_permutation
from port.reference.causes.rule import Manual, Pair, Step

MANUAL = Manual(
    code="F17",
    exact=True,
    setup="v = np.array([[3.0], [1], [4], [1.5], [5]])",
    matlab="w=v; w(1)=0; ref=v;",
    wrong="vv = v.copy(); w = vv; w[0] = 0; got = vv",
    right="vv = v.copy(); w = vv.copy(); w[0] = 0; got = vv",
    remedy="Copy: w = v.copy().",
)


def undo(pair: Pair) -> Iterator[Step]:
    """want is an input as it was given; got is that input but for a few elements."""
    if not pair.same_shape:
        return
    changed = int((pair.want != pair.got).sum())
    if pair.facts.given:
        said = f"want is the input {pair.facts.given};"
        zeroed = (pair.got == 0) & (pair.want != 0)
        slices = np.atleast_1d(zeroed)
        last = not slices[:-1].any() and slices[-1].all()
        doubt = 0.5 if last or is_permutation(pair.want, pair.got) else 1.0
        if 0 < 2 * changed <= pair.want.size:
            evidence = f"{said} {changed} of its elements are changed in got"
            yield pair.explained(evidence, weight=0.97 * doubt)
        elif 0 < 2 * int(zeroed.sum()) <= pair.want.size:
            evidence = f"{said} {int(zeroed.sum())} of its elements are 0 in got"
            yield pair.step(evidence, want=np.where(zeroed, 0, pair.want), weight=0.95 * doubt)
        return
    one = pair.want.size > 3 and changed == 1 and not pair.got.flat[0] and pair.want.flat[0]
    if one and not pair.facts.arrays:
        yield pair.explained("only the first element is changed, to 0", weight=0.3)
