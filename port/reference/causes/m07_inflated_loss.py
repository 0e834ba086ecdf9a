"""A loss inflated by a broadcast: all pairs are summed.

As (n,1) - (n,) gives n x n differences, their sum of squares is a plausible, larger loss. Nothing fails,
the training only learns the mean.
"""

from collections.abc import Iterator
from itertools import permutations

import numpy as np

from port.reference.causes.arrays import is_vector, nearly
from port.reference.causes.rule import Manual, Pair, Step

MANUAL = Manual(
    code="M07",
    stage="recompute",
    setup="p = np.array([[0.5], [0.9], [0.1]]); t = np.array([[1.0], [0], [2]])",
    matlab="ref = sum((p-t).^2);",
    wrong="got = np.array([[((p - t.ravel())**2).sum()]])",
    right="got = np.array([[((p - t)**2).sum()]])",
    remedy="Keep both as columns.",
    see="https://github.com/zohaibterminator/deep-learning-specialization",
)


def undo(pair: Pair) -> Iterator[Step]:
    """The squared differences of all pairs of two inputs, summed or averaged, against those of equal index."""
    if pair.want.size != 1 or np.iscomplexobj(pair.want):
        return
    vectors = {name: a for name, a in pair.facts.arrays.items() if is_vector(a) and np.isrealobj(a)}
    for (a, p), (b, t) in permutations(vectors.items(), 2):
        if p.size == t.size:
            squared = (p.ravel() - t.ravel()) ** 2
            total, n = float(squared.sum()), p.size
            every = float(n * (p**2).sum() + n * (t**2).sum() - 2 * p.sum() * t.sum())
            for wanted, wrong in ((total, every), (total / n, every / n**2), (total / n, every / n)):
                for half in (1.0, 0.5):
                    if nearly(float(pair.want.flat[0]), half * wanted, pair.facts.loose):
                        want = np.full(pair.want.shape, half * wrong)
                        yield pair.step(f"got sums over all pairs of {a} and {b}", want=want, weight=0.95)
            return
