"""Integers saturate in MATLAB and wrap in NumPy.

`uint8(200) + uint8(100)` is 255 in MATLAB and 44 in NumPy. Where MATLAB stops at the bound, NumPy starts
again from the other end.
"""

from collections.abc import Iterator

import numpy as np

from port.reference.causes.arrays import is_whole
from port.reference.causes.rule import Manual, Pair, Step

MANUAL = Manual(
    code="F05",
    exact=True,
    setup="u8a = np.array([[200, 100, 7]], np.uint8); u8b = np.array([[100, 100, 250]], np.uint8)",
    matlab="ref = u8a+u8b;",
    wrong="got = u8a + u8b",
    right="got = np.clip(u8a.astype(int) + u8b, 0, 255).astype(np.uint8)",
    remedy="Compute in a wider type and clip to the bounds.",
    see="https://in.mathworks.com/matlabcentral/answers/508610",
)


def undo(pair: Pair) -> Iterator[Step]:
    """Where they differ, want is at a bound of its integer type; elsewhere they agree."""
    dtypes = {pair.facts.want_dtype, pair.facts.got_dtype} - {np.dtype(np.float64)}
    dtype = dtypes.pop() if len(dtypes) == 1 else np.dtype(np.float64)
    if dtype.kind not in "iu" or not pair.same_shape:
        return
    bounds = np.iinfo(dtype)
    whole = pair.facts.want
    if not is_whole(whole) or whole.min() < bounds.min or whole.max() > bounds.max:
        return
    stopped = (pair.want == bounds.max) | (pair.want == bounds.min)
    if (pair.want != pair.got)[stopped].any():
        free = pair.want[~stopped], pair.got[~stopped]
        evidence = f"want stops at {bounds.min} or {bounds.max} in {int(stopped.sum())} elements, got wraps"
        if free[0].size:
            yield pair.step(evidence, want=free[0], got=free[1], weight=0.95, final=True)
        else:
            yield pair.explained(evidence, weight=0.5)
