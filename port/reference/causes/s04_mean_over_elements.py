"""Loss averaged over samples instead of over all elements.

`mean((Y(:) - P(:)).^2)` divides by samples times outputs, other conventions by samples alone. The loss
differs by the number of outputs K.
"""

from collections.abc import Iterator

from port.reference.causes.factors import counts, times
from port.reference.causes.rule import Manual, Pair, Step

MANUAL = Manual(
    code="S04",
    stage="scale",
    setup="Y = np.eye(3)[:, [0, 1, 2, 1, 0]]; Pm = np.linspace(0.1, 0.9, 15).reshape(3, 5)",
    matlab="ref = mean((Y(:)-Pm(:)).^2);",
    wrong="got = np.array([[((Y - Pm)**2).sum()/Y.shape[1]]])",
    right="got = np.array([[((Y - Pm)**2).mean()]])",
    remedy="Divide by the number of elements, or by that of samples: as the reference does.",
    see="https://uk.mathworks.com/help/deeplearning/ref/crossentropy.html",
)


def undo(pair: Pair) -> Iterator[Step]:
    """got/want (or want/got) is a whole number that counts the rows (outputs) of an input."""
    ratio = pair.ratio or float("inf")
    scalar = pair.plain.size == 1
    for factor, power, way in ((ratio, 1, 1.0), (1 / ratio, -1, 0.6 if scalar else 0.3)):
        for count in counts(pair, factor, "outputs"):
            kind = way * (1.0 if pair.facts.rows(count.n) else 0.2 if pair.facts.counts else 0.8)
            kind *= 1.0 if scalar else 0.2
            kind *= 0.4 if count.n == 2 else 1.0
            factor = float(count.n) ** power
            yield pair.scaled(factor, f"{times(pair, factor)}, K = {count.said}", count.weight * kind)
