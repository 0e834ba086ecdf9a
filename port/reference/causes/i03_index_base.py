"""A 1-based index vector used as it is.

Indices that come from MATLAB (from `find`, `sort`, `max`, a label file) count from 1. Used in Python
without subtracting 1 they select the next element: everything is one place late, and the largest index may
be out of range.
"""

from collections.abc import Iterator

import numpy as np

from port.reference.causes.arrays import Array, along, is_vector, is_whole
from port.reference.causes.rule import Manual, Pair, Step

MANUAL = Manual(
    code="I03",
    setup="v = np.arange(8.0).reshape(-1, 1) ** 2; idx = np.array([[1], [4], [2], [6]])",
    matlab="ref = v(idx);",
    wrong="got = v[idx.ravel()]",
    right="got = v[idx.ravel() - 1]",
    remedy="Subtract 1 from indices that come from MATLAB.",
    see="https://github.com/cheind/py-motmetrics/issues/55",
)


def undo(pair: Pair) -> Iterator[Step]:
    """The elements of an input one place after those wanted; or want itself moved up by one."""
    for name, a in pair.facts.arrays.items():
        for axis in range(a.ndim):
            index = _index(pair, a, axis)
            if index is not None and index.max() + 1 < a.shape[axis]:
                later = np.take(a, index + 1, axis=axis)
                if later.size == pair.want.size:
                    evidence = f"got holds what follows the wanted elements in {name}"
                    yield pair.step(evidence, want=later.reshape(pair.want.shape), weight=0.95)
    if pair.same_shape and is_vector(pair.want) and pair.want.size > 3:
        axis = pair.want.shape.index(pair.want.size)
        want, got = along(pair.want, axis, 1, None), along(pair.got, axis, None, -1)
        yield pair.step("got is want one place later", want=want, got=got, weight=0.7, final=True)


def _index(pair: Pair, a: Array, axis: int) -> Array | None:
    """Places, from 0, that take what is wanted out of an array: an input, or found by the values."""
    for index in pair.facts.arrays.values():
        if (
            index is not a
            and is_vector(index)
            and is_whole(index)
            and 1 <= index.min() <= index.max() <= a.shape[axis]
        ):
            places = index.ravel().astype(int) - 1
            taken = np.take(a, places, axis=axis)
            if taken.size == pair.want.size and pair.same(taken.ravel(), pair.want.ravel()):
                return places
    if is_vector(a) and is_vector(pair.want) and a.shape[axis] == a.size:
        return pair.places_in(a)
    return None
