"""traingdx against learngdm: lr*mc*g or lr*(1-mc)*g.

MATLAB is not consistent with itself: `traingdx` documents dX = mc*dXprev + lr*mc*dperf/dX, `learngdm`
weighs the gradient by 1 - mc, and ports often by 1. Use the formula of the training function that was
called.
"""

from collections.abc import Iterator

from port.reference.causes.rule import Manual, Pair, Step
from port.reference.causes.shared import momentum_updates

MANUAL = Manual(
    code="G02",
    stage="recompute",
    setup="mc = 0.9; lr = 0.05; dp = np.array([[1.0, -2], [3, 0.5]]); g = np.array([[0.3, 4], [-1, 2]])",
    matlab="ref = mc*dp + lr*mc*g;",
    wrong="got = mc*dp + lr*g",
    right="got = mc*dp + lr*mc*g",
    remedy="Use the update formula of the training function actually called.",
    see="https://www.mathworks.com/help/deeplearning/ref/traingdx.html",
)


def undo(pair: Pair) -> Iterator[Step]:
    """With two inputs dp and g: the gradient part of got is 1/mc, (1-mc)/mc or mc/(1-mc) of want's."""
    for said, mc, kept, step in momentum_updates(pair):
        for form, factor in (("1/mc", 1 / mc), ("(1-mc)/mc", (1 - mc) / mc), ("mc/(1-mc)", mc / (1 - mc))):
            evidence = f"want is {said}; the gradient part of got is {form} times as large"
            yield pair.step(evidence, want=kept + factor * step)
