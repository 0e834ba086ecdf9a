"""The 1/2 of the squared error is missing, or one too many.

Texts differ in whether the squared error has a factor 1/2. With it the derivative is `a - y`, without it
`2*(a - y)`. The loss, and with it every gradient, differs by exactly 2.
"""

from collections.abc import Iterator

from port.reference.causes.arrays import nearly
from port.reference.causes.factors import times
from port.reference.causes.rule import Manual, Pair, Step

MANUAL = Manual(
    code="S03",
    stage="scale",
    setup="Y = np.array([[1.0, 0, 0], [0, 1, 1]]); Pm = np.array([[0.7, 0.2, 0.4], [0.1, 0.9, 0.3]])",
    matlab="ref = 1/2*sum(sum((Y-Pm).^2))/size(Y,2);",
    wrong="got = np.array([[((Y - Pm)**2).sum()/Y.shape[1]]])",
    right="got = np.array([[((Y - Pm)**2).sum()/2/Y.shape[1]]])",
    remedy="Say which convention the loss has, and use it in the loss and in its derivative.",
    see="https://github.com/rasmusbergpalm/DeepLearnToolbox/blob/master/NN/nnff.m",
)


def undo(pair: Pair) -> Iterator[Step]:
    """got/want is 2 or 1/2; as a second factor either may be tried."""
    ratio = pair.ratio or 0.0
    for factor, said, weight in ((2.0, "2", 0.8), (0.5, "1/2", 0.4)):
        if nearly(ratio, factor, 10 * pair.facts.loose):
            kind = 1.0 if pair.plain.size == 1 else 0.6
            yield pair.scaled(factor, times(pair, factor, said), weight * kind)
        elif pair.takes_two:
            yield pair.scaled(factor, times(pair, factor, said), 0.4)
