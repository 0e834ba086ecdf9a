"""Softmax normalised over the whole batch.

`Q / Q.sum()` divides by the sum over all samples, so that the whole batch sums to 1 instead of each sample.
"""

from collections.abc import Iterator

import numpy as np

from port.reference.causes.rule import Manual, Pair, Step
from port.reference.causes.shared import probabilities_along, softmax

MANUAL = Manual(
    code="A11",
    setup="Z = np.array([[1.0, -2, 0.5, 2], [0, 1, -1, 0.25], [0.5, 0.75, 2, -3]])",
    matlab="Q=exp(Z-max(Z,[],1)); ref=Q./sum(Q,1);",
    wrong="Q = np.exp(Z - Z.max()); got = Q/Q.sum()",
    right="Q = np.exp(Z - Z.max(0, keepdims=True)); got = Q/Q.sum(0, keepdims=True)",
    remedy="Sum over the axis of the classes, with keepdims=True.",
)


def undo(pair: Pair) -> Iterator[Step]:
    """Each sample of got is its softmax times a number of its own; the whole sums to a constant."""
    want, got = pair.want, pair.got
    for axis in probabilities_along(want, pair.facts.loose):
        for name, z in pair.facts.shaped(want.shape).items():
            if pair.same(softmax(z, axis), want):
                yield pair.step(
                    f"got is the softmax of {name} over all its elements", want=softmax(z), weight=0.95
                )
        if pair.same_shape and np.isrealobj(got) and 1 < want.shape[axis] < want.size:
            share = got.sum(axis=axis, keepdims=True)
            uneven = not pair.same(share, np.full_like(share, share.flat[0]))
            if uneven and (share * share.flat[0] > 0).all() and pair.same(share * want, got):
                evidence = f"got sums to {got.sum():.6g} in total, want to 1 along dimension {axis + 1}"
                yield pair.step(evidence, want=got / got.sum(), weight=0.9, final=True)
