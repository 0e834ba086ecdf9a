"""Softmax over the wrong axis.

With one sample a column, the classes run down the rows and softmax normalises down each column (axis 0).
Ports from libraries with one sample a row take axis 1, and every class is normalised over the samples.
"""

from collections.abc import Iterator

import numpy as np

from port.reference.causes.arrays import Array, centred
from port.reference.causes.rule import Manual, Pair, Step
from port.reference.causes.shared import probabilities_along, softmax

MANUAL = Manual(
    code="A10",
    setup="Z = np.array([[1.0, -2, 0.5, 2], [0, 1, -1, 0.25], [0.5, 0.75, 2, -3]])",
    matlab="Q=exp(Z-max(Z,[],1)); ref=Q./sum(Q,1);",
    wrong="Q = np.exp(Z - Z.max(1, keepdims=True)); got = Q/Q.sum(1, keepdims=True)",
    right="Q = np.exp(Z - Z.max(0, keepdims=True)); got = Q/Q.sum(0, keepdims=True)",
    remedy="Normalise over the axis of the classes: axis=0 with one sample a column.",
)


def undo(pair: Pair) -> Iterator[Step]:
    """log(got/want) is a row plus a column, want sums to 1 one way, got to a constant the other way."""
    want, got = pair.want, pair.got
    for axis in probabilities_along(want, pair.facts.loose):
        for name, z in pair.facts.shaped(want.shape).items():
            if pair.same(softmax(z, axis), want):
                for other in _others(want, axis):
                    evidence = f"got is softmax of {name} over {_said(want, other)}"
                    yield pair.step(evidence, want=softmax(z, other), weight=0.95)
        if pair.same_shape and want.shape[axis] > 1 and (want > 0).all() and (got != 0).all():
            for other in _others(want, axis):
                total = got.sum(axis=other, keepdims=True)
                gap = centred(np.log(np.abs(got)) - np.log(want), axis, other)
                noise = 1e-7 if pair.facts.loose < 1e-8 else 1e-3
                if np.abs(gap).max() <= noise and pair.same(total, np.full_like(total, total.flat[0])):
                    along = f"along dimension {axis + 1}, got along {_said(want, other)}"
                    evidence = f"want sums to 1 {along}, of the same exponentials"
                    yield pair.step(evidence, want=got / total, weight=0.95, final=True)


def _others(array: Array, axis: int) -> list[int]:
    """The other axes of more than one element, the last first."""
    return [other for other in reversed(range(array.ndim)) if other != axis and array.shape[other] > 1]


def _said(array: Array, axis: int) -> str:
    return "the other axis" if array.ndim == 2 else f"dimension {axis + 1}"
