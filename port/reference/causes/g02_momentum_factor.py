"""traingdx against learngdm: lr*mc*g or lr*(1-mc)*g.

MATLAB is not consistent with itself: `traingdx` documents dX = mc*dXprev + lr*mc*dperf/dX, `learngdm`
weighs the gradient by 1 - mc, and ports often by 1. Use the formula of the training function that was
called.
"""

from collections.abc import Iterator

from port.reference.causes.arrays import nearly
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
    """With two inputs dp and g: the gradient part of got is 1/mc or (1-mc)/mc of want's (or the inverse)."""
    for said, mc, factor in momentum_updates(pair):
        for form, expected in (("1/mc", 1 / mc), ("(1-mc)/mc", (1 - mc) / mc), ("mc/(1-mc)", mc / (1 - mc))):
            if nearly(factor, expected, 1e3 * pair.facts.noise):
                yield pair.explained(f"{said}: its gradient part is {form} in got, mc = {mc:.4g}")
