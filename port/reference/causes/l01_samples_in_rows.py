"""Samples in columns taken for samples in rows.

MATLAB toolboxes and coursework keep one sample a column, Python libraries one a row. A port that follows
the Python habit returns the whole result transposed; with another number of samples than of features, the
shapes are reversed.
"""

from collections.abc import Iterator

from port.reference.causes.arrays import is_special, is_square, is_vector
from port.reference.causes.rule import Manual, Pair, Step

MANUAL = Manual(
    code="L01",
    setup="W1 = np.arange(6.0).reshape(2, 3); X = np.arange(12.0).reshape(3, 4) ** 2",
    matlab="ref = W1*X;",
    wrong="got = X.T @ W1.T",
    right="got = W1 @ X",
    remedy="Keep one sample a column throughout, or transpose once at the border of the port.",
    see="https://uk.mathworks.com/help/deeplearning/ref/crossentropy.html",
)


def undo(pair: Pair) -> Iterator[Step]:
    """got = want transposed, for any shape that reads differently backwards."""
    want = pair.want
    if want.ndim >= 2 and want.shape != want.shape[::-1] and not is_square(pair.got):
        weight = 0.2 if is_vector(want) or is_special(want, pair.facts.loose) else 0.9
        evidence = f"got is want transposed, {want.T.shape} for {want.shape}"
        yield pair.step(evidence, want=want.T, weight=weight)
        yield pair.step(evidence, got=pair.got.T, weight=weight, mirrored=True)
