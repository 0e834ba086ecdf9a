"""The sign of the gradient is flipped.

`y - a` for `a - y`, or a gradient of the log-likelihood for one of the loss. Every element has the right
size and the wrong sign.
"""

from collections.abc import Iterator

from port.reference.causes.arrays import is_orthonormal
from port.reference.causes.rule import Manual, Pair, Step

MANUAL = Manual(
    code="N01",
    stage="scale",
    setup="D = np.array([[1.0, -2, 3], [0.5, 4, 1]]); X = np.array([[2.0, 1, -1], [3, 0, 1], [1, 1, 5], [0, 2, 1]])",
    matlab="ref = D*X'/size(X,2);",
    wrong="got = -(D @ X.T)/X.shape[1]",
    right="got = D @ X.T/X.shape[1]",
    remedy="Check the order of the difference: a - y.",
)


def undo(pair: Pair) -> Iterator[Step]:
    """got/want is negative."""
    if (pair.ratio or 0.0) < 0 or (pair.ratio is None and pair.takes_two):
        vectors = is_orthonormal(pair.want, pair.facts.loose)
        yield pair.scaled(-1.0, "got has the other sign", 0.3 if vectors else 0.9)
