"""An update adds the gradient instead of subtracting it.

`W + lr*g` climbs. Old weights plus and minus the step: the mean of want and got is the old weight.
"""

from collections.abc import Iterator

from port.reference.causes.arrays import peak
from port.reference.causes.rule import Manual, Pair, Step

MANUAL = Manual(
    code="N02",
    stage="recompute",
    setup="W1 = np.array([[1.0, 2], [3, 4]]); lr = 0.1; g5 = np.array([[0.5, -1], [2, 3]])",
    matlab="ref = W1 - lr*g5;",
    wrong="got = W1 + lr*g5",
    right="got = W1 - lr*g5",
    remedy="Subtract the step.",
)
LEAST_PART = 1e-3  # of the wanted array: beside it, smaller weights leave only the sign of the step


def undo(pair: Pair) -> Iterator[Step]:
    """got - w = w - want for an input w."""
    for name, old in pair.facts.shaped(pair.want.shape).items():
        if peak(old) > LEAST_PART * peak(pair.want):
            evidence = f"got is as far above {name} as want is below"
            yield pair.step(evidence, want=2 * old - pair.want, weight=0.95)
