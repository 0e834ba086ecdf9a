"""Missing 1/m in the gradient.

The gradient of a mean loss is a mean over the samples. Without the division by m every element is m times
too large: a constant factor that equals the number of samples.
"""

from collections.abc import Iterator

from port.reference.causes.factors import counts, times
from port.reference.causes.rule import Manual, Pair, Step

MANUAL = Manual(
    code="S01",
    stage="scale",
    setup="D = np.array([[1.0, -2, 3], [0.5, 4, 1]]); X = np.array([[2.0, 1, -1], [3, 0, 1], [1, 1, 5], [0, 2, 1]])",
    matlab="ref = D*X'/size(X,2);",
    wrong="got = D @ X.T",
    right="got = D @ X.T / X.shape[1]",
    remedy="Divide by the number of samples.",
    see="https://github.com/rasmusbergpalm/DeepLearnToolbox/blob/master/NN/nnbp.m",
)


def undo(pair: Pair) -> Iterator[Step]:
    """got/want is a whole number; best if it counts the columns (samples) of an input."""
    for count in counts(pair, pair.ratio or 0.0, "samples"):
        kind = 1.0 if pair.facts.columns(count.n) else 0.5 if pair.facts.counts else 0.9
        kind *= 0.7 if pair.want.size == 1 else 1.0
        kind *= 0.4 if count.n == 2 else 1.0
        yield pair.scaled(count.n, f"{times(pair, count.n)}, m = {count.said}", count.weight * kind)
