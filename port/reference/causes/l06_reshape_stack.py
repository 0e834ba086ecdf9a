"""Reshape or permute of an image stack in C order.

With three or more dimensions the two orders differ in the same way: MATLAB runs through the first index
first, NumPy through the last. `permute` is `np.transpose`, but the stack that it permutes is often read in
the wrong order already.
"""

from collections.abc import Iterator
from itertools import permutations

from port.reference.causes.rule import Manual, Pair, Step
from port.reference.causes.shared import reread

MANUAL = Manual(
    code="L06",
    setup="x = np.arange(24.0).reshape(6, 4) ** 2",
    matlab="ref = reshape(x,2,3,4);",
    wrong="got = x.reshape(2, 3, 4)",
    right="got = x.reshape(2, 3, 4, order='F')",
    remedy="Reshape with order='F'; permute with np.transpose afterwards.",
    see="https://github.com/sandialabs/pyttb/issues/4",
)


def undo(pair: Pair) -> Iterator[Step]:
    """got read last index first is want read first index first; or axes in another order."""
    want, got = pair.want, pair.got
    if want.ndim < 3 or got.ndim != want.ndim:
        return
    if all(w >= g for w, g in zip(want.shape, got.shape, strict=True)):
        for evidence, laid, weight in reread(pair):
            yield pair.step(evidence, want=laid, weight=weight)
    for axes in permutations(range(want.ndim)) if want.ndim <= 4 else ():
        turned = want.transpose(axes)
        if list(axes) != sorted(axes) and turned.shape == got.shape:
            order = ", ".join(str(axis + 1) for axis in axes)
            yield pair.step(f"got is want with its axes in the order {order}", want=turned, weight=0.5)
