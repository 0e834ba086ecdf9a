"""Row and column sums swapped on a square matrix: dim 1 read as axis 1.

MATLAB's dimension 1 runs down the columns and is NumPy's axis 0. On a square matrix the wrong axis gives a
result of the same shape and the same total.
"""

from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

import numpy as np

from port.reference.causes.arrays import Array, is_permutation, is_vector, peak
from port.reference.causes.rule import Manual, Pair, Step
from port.reference.causes.shared import column_like

MANUAL = Manual(
    code="A03",
    stage="recompute",
    setup="S = np.arange(9.0).reshape(3, 3) ** 2",
    matlab="ref = sum(S,1);",
    wrong="got = S.sum(axis=1, keepdims=True).T",
    right="got = S.sum(axis=0, keepdims=True)",
    remedy="MATLAB's dimension d is NumPy's axis d - 1.",
    see="https://github.com/numpy/numpy/blob/main/doc/source/user/numpy-for-matlab-users.rst",
)
REDUCTIONS: dict[str, Callable[..., Any]] = {
    "sum": np.sum,
    "mean": np.mean,
    "max": np.max,
    "min": np.min,
    "prod": np.prod,
    "std": partial(np.std, ddof=1),
    "var": partial(np.var, ddof=1),
}


def undo(pair: Pair) -> Iterator[Step]:
    """The reduction of an input along the other axis; without inputs only the total can speak."""
    want, got = pair.want, pair.got
    found = False
    for name, a in pair.facts.arrays.items():
        left = {a.size // n for n in a.shape[:2]} if a.ndim > 1 and min(a.shape[:2]) > 1 else ()
        for said, reduce in REDUCTIONS.items() if want.size in left else ():
            along = [np.asarray(reduce(a, axis=axis)) for axis in (0, 1)]
            for axis, wanted in enumerate(along):
                if wanted.size == want.size and pair.same(wanted.reshape(want.shape), want):
                    found = True
                    other = column_like(along[1 - axis], want if wanted.size == along[1 - axis].size else got)
                    evidence = f"want is {said}({name}, {axis + 1}), got {said}({name}, {2 - axis})"
                    yield pair.step(evidence, want=other, weight=0.95)
    if not found and not pair.facts.arrays and _same_total(want, got):
        yield pair.explained("both have the same total, and other elements", weight=0.1)


def _same_total(want: Array, got: Array) -> bool:
    """Totals of vectors that agree to the last digits, though no element need: not 0, and not 1."""
    if not is_vector(want) or want.shape != got.shape or want.size < 3 or np.iscomplexobj(want):
        return False
    total = want.sum()
    near = abs(total - got.sum()) <= 1e-13 * np.abs(want).sum() and not is_permutation(want, got)
    return bool(near and abs(total) > 1e-3 * peak(want) and abs(total - 1) > 1e-6 and (want != got).all())
