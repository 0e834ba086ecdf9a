"""The bias unit is appended last instead of first.

The first column of the weights belongs to the row of ones. With `[X; 1]` every weight meets the wrong
input.
"""

from collections.abc import Iterator

from port.reference.causes.rule import Manual, Pair, Step

MANUAL = Manual(
    code="N04",
    stage="recompute",
    setup="Wb = np.array([[10.0, 1, 2], [20, 3, 4]]); X = np.array([[1.0, 5, -2, 3], [2, 0.5, 1, 1]])",
    matlab="ref = Wb*[ones(1,size(X,2));X];",
    wrong="got = Wb @ np.vstack([X, np.ones((1, X.shape[1]))])",
    right="got = Wb @ np.vstack([np.ones((1, X.shape[1])), X])",
    remedy="Put the row of ones first.",
    see="https://github.com/rasmusbergpalm/DeepLearnToolbox/blob/master/NN/nnff.m",
)


def undo(pair: Pair) -> Iterator[Step]:
    """want = W [1; X], got = W [X; 1]."""
    for a, w in pair.facts.matrices.items():
        for b, x in pair.facts.matrices.items():
            if w.shape[1] == x.shape[0] + 1 and (w.shape[0], x.shape[1]) == pair.want.shape:
                if pair.is_product(w[:, 1:], x, w[:, :1]):
                    last = w[:, :-1] @ x + w[:, -1:]
                    yield pair.step(f"want is {a}*[1; {b}], got {a}*[{b}; 1]", want=last, weight=0.95)
