"""randperm is drawn in another way.

MATLAB's `randperm(n)` sorts n uniform numbers: `argsort(RandomState(seed).random_sample(n)) + 1`.
`RandomState.permutation` shuffles, and counts from 0.
"""

from collections.abc import Iterator

import numpy as np

from port.reference.causes.arrays import Array, is_vector, is_whole
from port.reference.causes.rule import Manual, Pair, Step
from port.reference.causes.streams import SEEDS, matlab_uniform

MANUAL = Manual(
    code="R05",
    exact=True,
    setup="",
    matlab="rng(42); ref = randperm(10);",
    wrong="got = np.random.RandomState(42).permutation(10).reshape(1, -1)",
    right="got = np.argsort(np.random.RandomState(42).random_sample(10), kind='stable').reshape(1, -1) + 1",
    remedy="Write np.argsort(RandomState(seed).random_sample(n)) + 1.",
    see="https://github.com/mne-tools/mne-python/blob/main/mne/utils/tests/test_numerics.py",
)
LEAST, LONGEST = 4, 200


def undo(pair: Pair) -> Iterator[Step]:
    """Two permutations of 1..n (or 0..n-1); want sorts the draws of a small seed."""
    want, got = pair.want.ravel(), pair.got.ravel()
    if not (
        is_vector(pair.want) and pair.same_shape and want.size >= LEAST and _is_run(want) and _is_run(got)
    ):
        return
    if (np.diff(want) > 0).all() or np.array_equal(want - want.min(), got - got.min()):
        return
    seed = _sorted_by_draws(want - want.min()) if want.size <= LONGEST else None
    said = "two orders of the same whole numbers"
    if seed is not None:
        yield pair.explained(f"{said}, want sorts the draws of seed {seed}", weight=1.0)
    else:
        yield pair.explained(said, weight=0.1)


def _is_run(values: Array) -> bool:
    """Whether the values are n successive whole numbers from 0 or 1, in any order."""
    start = values.min()
    return (
        is_whole(values)
        and start in (0, 1)
        and np.array_equal(np.sort(values), np.arange(values.size) + start)
    )


def _sorted_by_draws(order: Array) -> int | None:
    """The small seed whose uniform draws this order (from 0) sorts."""
    for seed in range(SEEDS):
        if np.array_equal(np.argsort(matlab_uniform(seed, order.size), kind="stable"), order):
            return seed
    return None
