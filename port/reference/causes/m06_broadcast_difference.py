"""(n,1) - (n,) broadcasts to n x n.

A column less a 1-D array is no error: the 1-D array is taken for a row, and all pairs are subtracted. The
wanted differences stand on the diagonal.
"""

from collections.abc import Iterator
from itertools import permutations

import numpy as np

from port.reference.causes.arrays import Array, centred, is_vector, peak
from port.reference.causes.rule import Manual, Pair, Step, all_finite

MANUAL = Manual(
    code="M06",
    setup="p = np.array([[0.5], [0.9], [0.1]]); t = np.array([[1.0], [0], [2]])",
    matlab="ref = p - t;",
    wrong="got = p - t.ravel()",
    right="got = p - t",
    remedy="Keep both as columns.",
    see="https://github.com/zohaibterminator/deep-learning-specialization",
)


def undo(pair: Pair) -> Iterator[Step]:
    """got is n x n, a column combined with a row; its diagonal is want."""
    want, got = pair.want, pair.got
    columns = {name: a.reshape(-1, 1) for name, a in pair.facts.shaped(want.shape).items() if is_vector(a)}
    known = False
    for (a, p), (b, t) in permutations(columns.items(), 2):
        if pair.same((p - t).reshape(want.shape), want):
            known = True
            yield pair.step(f"got subtracts every {b} from every {a}", want=p - t.T, weight=0.95)
    if (
        not known
        and is_vector(want)
        and got.ndim == 2
        and got.shape[0] == got.shape[1] == want.size
        and all_finite(got)
    ):
        if _is_column_with_row(got, pair.facts.loose):
            diagonal = np.diag(got).reshape(want.shape)
            yield pair.step("got holds all pairs, its diagonal is want", got=diagonal, weight=0.95)


def _is_column_with_row(got: Array, noise: float) -> bool:
    """Whether got is p_i + t_j, or p_i * t_j."""
    added = np.abs(centred(got, 0, 1)).max() <= 10 * noise * peak(got)
    multiplied = np.abs(got * got[0, 0] - np.outer(got[:, 0], got[0])).max() <= 10 * noise * peak(got) * peak(
        got
    )
    return bool(added or multiplied)
