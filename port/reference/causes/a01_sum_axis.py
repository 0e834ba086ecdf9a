"""sum or mean over everything instead of over columns.

`sum(A)` and `mean(A)` work down the columns of a matrix and give a row; `A.sum()` and `A.mean()` take all
elements and give one number. Name the axis.
"""

from collections.abc import Callable, Iterator
from typing import Any

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
REDUCTIONS: dict[str, Callable[..., Any]] = {"sum": np.sum, "mean": np.mean}


def undo(pair: Pair) -> Iterator[Step]:
    """got is one number: the sum, or the mean, of want; inputs may tell which of the two want holds."""
    want, got = pair.want, pair.got
    if not got.size == 1 < want.size:
        return
    totals = {"sum": want.sum(), "mean": want.mean()}
    told = [said for said, reduce in REDUCTIONS.items() if _is_reduced(pair, reduce)]
    for said in told[:1] or totals:
        yield pair.step(f"got is the {said} of want", want=np.reshape(totals[said], got.shape))


def _is_reduced(pair: Pair, reduce: Callable[..., Any]) -> bool:
    """Whether want is the sum, or the mean, of an input down its columns."""
    inputs = (a for a in pair.facts.matrices.values() if len(a) > 1 and a.shape[1] == pair.want.size)
    return any(pair.same(reduce(a, axis=0), pair.want.ravel()) for a in inputs)
