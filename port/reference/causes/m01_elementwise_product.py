"""* ported as an elementwise product.

`*` is the matrix product in MATLAB and the elementwise product in NumPy, where `@` is the matrix product.
On square matrices no shape tells.
"""

from collections.abc import Iterator
from itertools import permutations

from port.reference.causes.rule import Manual, Pair, Step

MANUAL = Manual(
    code="M01",
    stage="recompute",
    setup="S = np.arange(9.0).reshape(3, 3); S2 = np.arange(9.0).reshape(3, 3)[::-1] + 1",
    matlab="ref = S*S2;",
    wrong="got = S*S2",
    right="got = S @ S2",
    remedy="Write @.",
)


def undo(pair: Pair) -> Iterator[Step]:
    """want = u @ v, got = u * v."""
    square = pair.facts.shaped(pair.want.shape) if pair.want.ndim == 2 else {}
    for (a, u), (b, v) in permutations(square.items(), 2):
        if u.shape[1] == v.shape[0] and pair.is_product(u, v):
            yield pair.step(f"want is {a} @ {b}, got is {a} * {b}", want=u * v, weight=0.95)
