"""Eigenvalues in another order.

`eig` of a symmetric matrix sorts upwards, `svd` downwards, and `np.linalg.eig` does not sort. The values
agree once both are sorted.
"""

from collections.abc import Iterator

import numpy as np

from port.reference.causes.arrays import SAMPLE, distinct, is_vector, is_whole
from port.reference.causes.rule import Manual, Pair, Step

MANUAL = Manual(
    code="M12",
    setup="Sy = np.array([[4.0, 1, 2], [1, 5, 3], [2, 3, 6]])",
    matlab="ref = eig(Sy);",
    wrong="got = np.linalg.eigvalsh(Sy)[::-1].reshape(-1, 1)",
    right="got = np.linalg.eigvalsh(Sy).reshape(-1, 1)",
    remedy="Use np.linalg.eigvalsh, or sort both sides (and the vectors with them).",
)


def undo(pair: Pair) -> Iterator[Step]:
    """want is sorted; got is want reversed, or in some other order."""
    want, got = pair.want, pair.got
    if not (is_vector(want) and pair.same_shape and np.isrealobj(want) and np.isrealobj(got)):
        return
    steps = np.diff(want.ravel())
    if not ((steps >= 0).all() or (steps <= 0).all()):
        return
    if is_whole(want) and 2 * distinct(want) <= min(want.size, SAMPLE):
        return
    yield pair.step("got is want reversed", want=want.ravel()[::-1].reshape(want.shape), weight=0.95)
    turns = np.diff(got.ravel())
    if (turns > 0).any() and (turns < 0).any():
        upwards, found = np.sort(want, axis=None), np.sort(got, axis=None)
        evidence = "got holds the sorted values of want in another order"
        for values in (upwards, upwards[::-1]):
            yield pair.step(evidence, want=values, got=found, weight=0.6, final=True)
