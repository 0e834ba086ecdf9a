"""v*v' of 1-D arrays: the outer product becomes elementwise.

A 1-D array has no orientation: `v.T` is `v`, and `v*v.T` multiplies element by element. Keep the column (n,
1), or use `np.outer`.
"""

from collections.abc import Iterator

import numpy as np

from port.reference.causes.arrays import is_square, residual
from port.reference.causes.rule import Manual, Pair, Step
from port.reference.causes.shared import column_like

MANUAL = Manual(
    code="M05",
    setup="v = np.arange(1.0, 5.0).reshape(-1, 1)",
    matlab="ref = v*v';",
    wrong="v1 = v.ravel(); got = v1*v1.T",
    right="got = v @ v.T",
    remedy="Keep v as a column and use @, or np.outer.",
)


def undo(pair: Pair) -> Iterator[Step]:
    """want has rank one and is symmetric; got is its diagonal."""
    want, got = pair.want, pair.got
    if is_square(want) and got.ndim <= 2 and 0 <= len(want) - got.size <= 2 and len(want) > 1:
        diagonal = np.diag(want)
        if residual(want * want, np.outer(diagonal, diagonal)) <= 4 * pair.facts.loose and pair.same(
            want, want.T
        ):
            evidence = "want is an outer product v*v', got only its diagonal"
            yield pair.step(
                evidence, want=diagonal if got.ndim < 2 else column_like(diagonal, got), weight=0.95
            )
