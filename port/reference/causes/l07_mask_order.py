"""A logical mask extracts in row order, MATLAB in column order.

`A(mask)` runs down the columns of A; `A[mask]` runs along its rows. The same values come out in another
order.
"""

from collections.abc import Iterator

import numpy as np

from port.reference.causes.arrays import FEW, SAMPLE, Array, distinct, is_permutation, is_vector
from port.reference.causes.rule import Manual, Pair, Step

MANUAL = Manual(
    code="L07",
    stage="recompute",
    setup="A = np.array([[1.0, -2, 3], [-4, 5, 6], [7, 8, -9]])",
    matlab="ref = A(A>0);",
    wrong="got = A[A > 0].reshape(-1, 1)",
    right="got = A.T[(A > 0).T].reshape(-1, 1)",
    remedy="Index the transposes: A.T[mask.T].",
    see="https://github.com/waltsims/k-wave-python/pull/510",
)


def undo(pair: Pair) -> Iterator[Step]:
    """The wanted values picked from an input row by row instead of column by column."""
    want, got = pair.want, pair.got
    if not is_vector(want):
        return
    picked = False
    for name, a in pair.facts.matrices.items():
        mask = next(_masks(pair, a), None) if want.size < a.size else None
        if mask is not None:
            picked = True
            evidence = f"got picks values of {name} along its rows"
            yield pair.step(evidence, want=a[mask].reshape(want.shape), weight=0.95)
    if (
        not picked
        and want.size > 5
        and 2 * distinct(want) > min(want.size, SAMPLE)
        and is_permutation(want, got)
    ):
        yield pair.explained("got has the values of want in another order", weight=0.03)


def _masks(pair: Pair, a: Array) -> Iterator[Array]:
    """The masks with which an input gives want, down its columns."""
    for mask in _likely_masks(pair, a):
        if np.count_nonzero(mask) == pair.want.size and pair.same(a.T[mask.T], pair.want.ravel()):
            yield mask


def _likely_masks(pair: Pair, a: Array) -> Iterator[Array]:
    """Inputs of 0 and 1, what lies above or below a limit, and the places where the values of want stand."""
    if np.isrealobj(a) and np.isrealobj(pair.want):
        for other in pair.facts.shaped(a.shape).values():
            if other is not a and not np.setdiff1d(other.flat[:FEW], (0, 1)).size:
                yield other == 1
        yield a >= pair.want.min()
        yield a <= pair.want.max()
        yield a != 0
    places = pair.places_in(a)
    if places is not None:
        mask = np.zeros(a.shape, bool)
        mask.flat[places] = True
        yield mask
