"""sort along the last axis instead of down the columns.

`sort(A)` sorts every column; `np.sort(A)` sorts along the last axis, every row.
"""

from collections.abc import Iterator
from math import lgamma, log, prod

import numpy as np

from port.reference.causes.arrays import Array
from port.reference.causes.rule import Manual, Pair, Step

MANUAL = Manual(
    code="A05",
    setup="A = np.array([[3.0, -1, 4, 1], [-5, 9, -2, 6], [5, 3, 5, 8]])",
    matlab="ref = sort(A);",
    wrong="got = np.sort(A)",
    right="got = np.sort(A, axis=0)",
    remedy="Give axis=0.",
    see="https://github.com/numpy/numpy/blob/main/doc/source/user/numpy-for-matlab-users.rst",
)
BITS_FOR_SURE = 24


def undo(pair: Pair) -> Iterator[Step]:
    """The same values, sorted along one axis in want and along the other in got; few are in order by chance."""
    want, got = pair.want, pair.got
    if want.ndim < 2 or want.ndim != got.ndim or np.iscomplexobj(want) or np.iscomplexobj(got):
        return
    last = want.ndim - 1
    for axis, other in ((0, last), (last, 0)):
        if not _is_sorted(want, axis):
            continue
        along = "the other" if last == 1 else f"dimension {other + 1}"
        evidence = f"the same values, sorted along dimension {axis + 1} in want, along {along} in got"
        for a in pair.facts.shaped(want.shape).values():
            if np.array_equal(np.sort(a, axis=axis), want):
                yield pair.step(evidence, want=np.sort(a, axis=other), weight=0.95)
        if want.shape == got.shape and _is_sorted(got, other) and not _is_sorted(want, other):
            upwards, found = np.sort(want, axis=None), np.sort(got, axis=None)
            weight = 0.9 * min(1.0, (_bits(want.shape, axis) + _bits(got.shape, other)) / BITS_FOR_SURE)
            for values in (upwards, upwards[::-1]):
                yield pair.step(evidence, want=values, got=found, weight=weight, final=True)


def _bits(shape: tuple[int, ...], axis: int) -> float:
    """How improbable it is that every line along an axis is in order."""
    return prod(shape) / shape[axis] * lgamma(shape[axis] + 1) / log(2)


def _is_sorted(array: Array, axis: int) -> bool:
    if not 1 < array.shape[axis] < array.size:
        return False
    first = np.diff(np.moveaxis(array, axis, -1)[(0,) * (array.ndim - 1)])
    if not ((first >= 0).all() or (first <= 0).all()):
        return False
    steps = np.diff(array, axis=axis)
    return bool((steps >= 0).all() or (steps <= 0).all())
