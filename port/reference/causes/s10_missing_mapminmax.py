"""Input normalisation (mapminmax) skipped.

`feedforwardnet`, `newff` and their kin scale each input row to [-1, 1] before the first layer, unasked.
Weights exported from such a network expect scaled inputs.
"""

from collections.abc import Iterator

import numpy as np

from port.reference.causes.arrays import Array
from port.reference.causes.rule import Manual, Pair, Step

MANUAL = Manual(
    code="S10",
    stage="recompute",
    setup="X = np.array([[3.0, -1, 4, 1], [-5, 9, -2, 6], [5, 3, 5, 8]]); W1b = np.array([[1.0, -2, 3], [0.5, 4, 1]])",
    matlab="xn=2*(X-min(X,[],2))./(max(X,[],2)-min(X,[],2))-1; ref=W1b*xn;",
    wrong="got = W1b @ X",
    right="mn = X.min(1, keepdims=True); mx = X.max(1, keepdims=True); got = W1b @ (2*(X - mn)/(mx - mn) - 1)",
    remedy="Scale each input row to [-1, 1] with the ranges of the training data.",
    see="https://www.mathworks.com/matlabcentral/answers/95258",
)


def undo(pair: Pair) -> Iterator[Step]:
    """want is W times a row-wise scaled input, got is W times the input."""
    scaled: dict[str, Array] = {}
    for a, weights, b, x in pair.facts.products(pair.want.shape):
        if x.shape[1] > 1 and np.isrealobj(x):
            if b not in scaled:
                scaled[b] = _scaled(x)
            for said, bias in _biases(pair, len(weights)):
                if pair.is_product(weights, scaled[b], bias):
                    evidence = f"want is {a} times {b} scaled to [-1, 1]{said}, got is {a} times {b}{said}"
                    yield pair.step(evidence, want=weights @ x + bias)
    within = np.abs(pair.want).max() <= 1 + pair.facts.loose
    for name, x in pair.facts.shaped(pair.want.shape).items() if within else ():
        if x.ndim == 2 and pair.same(_scaled(x), pair.want):
            yield pair.step(f"want is {name} scaled to [-1, 1], got is {name}", want=x)


def _biases(pair: Pair, outputs: int) -> Iterator[tuple[str, Array]]:
    """No bias, and each input that may be the bias of so many outputs: what is said of it, and the column."""
    yield "", np.zeros((outputs, 1))
    for name, bias in pair.facts.shaped((outputs, 1)).items():
        yield f" plus {name}", bias


def _scaled(x: Array) -> Array:
    low, high = x.min(axis=1, keepdims=True), x.max(axis=1, keepdims=True)
    scaled: Array = np.divide(2 * (x - low), high - low) - 1
    return scaled
