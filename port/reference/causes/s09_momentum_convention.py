"""Momentum convention: mc*d + lr*g for mc*d + lr*(1-mc)*g.

MATLAB's `traingdm` and `learngdm` weigh the new gradient by 1 - mc; most Python optimisers do not. The step
is too long by 1/(1 - mc) in its gradient part.
"""

from collections.abc import Iterator

from port.reference.causes.rule import Manual, Pair, Step
from port.reference.causes.shared import momentum_updates

MANUAL = Manual(
    code="S09",
    stage="recompute",
    setup="mc = 0.9; lr = 0.05; dp = np.array([[1.0, -2], [3, 0.5]]); g = np.array([[0.3, 4], [-1, 2]])",
    matlab="ref = mc*dp + lr*(1-mc)*g;",
    wrong="got = mc*dp + lr*g",
    right="got = mc*dp + lr*(1 - mc)*g",
    remedy="Multiply the gradient by 1 - mc, or set the learning rate to lr*(1-mc).",
    see="https://www.mathworks.com/help/deeplearning/ref/traingdx.html",
)


def undo(pair: Pair) -> Iterator[Step]:
    """With two inputs dp and g: want = mc*dp + b*g, got = mc*dp + b/(1-mc)*g."""
    for said, mc, kept, step in momentum_updates(pair):
        evidence = f"want is {said}; the gradient part of got is 1/(1-mc) times as large"
        yield pair.step(evidence, want=kept + step / (1 - mc), weight=0.95)
