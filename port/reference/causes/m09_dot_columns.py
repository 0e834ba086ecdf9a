"""dot(A, B) of matrices works column by column in MATLAB.

`dot(A, B)` is `sum(A.*B)`, one number a column; `np.dot(A, B)` is the matrix product.
"""

from collections.abc import Iterator
from itertools import permutations

import numpy as np

from port.reference.causes.rule import Manual, Pair, Step
from port.reference.causes.shared import column_like

MANUAL = Manual(
    code="M09",
    stage="recompute",
    setup="S = np.arange(9.0).reshape(3, 3); S2 = np.arange(9.0).reshape(3, 3)[::-1] + 1",
    matlab="ref = dot(S,S2);",
    wrong="got = np.dot(S, S2)",
    right="got = (S*S2).sum(axis=0, keepdims=True)",
    remedy="Write (A*B).sum(axis=0, keepdims=True).",
    see="https://numpy.org/doc/stable/reference/generated/numpy.dot.html",
)


def undo(pair: Pair) -> Iterator[Step]:
    """want is sum(u.*v) of two inputs, got is u @ v."""
    for (a, u), (b, v) in permutations(pair.facts.matrices.items(), 2):
        if u.shape == v.shape and u.shape[0] == u.shape[1]:
            if pair.same(column_like((np.conj(u) * v).sum(axis=0), pair.want), pair.want):
                yield pair.step(
                    f"want is dot of the columns of {a} and {b}, got is {a} @ {b}", want=u @ v, weight=0.95
                )
