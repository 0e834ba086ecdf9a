"""sigmoid' taken at the activation instead of the pre-activation.

The slope is `a.*(1-a)` with a = sigmoid(z). A helper that computes s = sigmoid(input) first must be given
z; given a it returns sigmoid'(a), confined to 0.1966..0.25.
"""

from collections.abc import Iterator

import numpy as np

from port.reference.causes.arrays import Array
from port.reference.causes.rule import Manual, Pair, Step, all_finite
from port.reference.causes.shared import logistic_slope, sigmoid

MANUAL = Manual(
    code="N06",
    setup="Zz = np.array([[0.5, -2, 3], [1, -0.25, 4]])",
    matlab="a=1./(1+exp(-Zz)); ref=a.*(1-a);",
    wrong="a = 1/(1 + np.exp(-Zz)); s = 1/(1 + np.exp(-a)); got = s*(1 - s)",
    right="a = 1/(1 + np.exp(-Zz)); got = a*(1 - a)",
    remedy="Multiply by a*(1-a), or pass z to the helper.",
    see="https://github.com/benoitfragit/libBrain/issues/78",
)


def undo(pair: Pair) -> Iterator[Step]:
    """Each got is sigmoid' of one of the two activations whose slope is want."""
    want, got = pair.want, pair.got
    for name, z in pair.facts.shaped(want.shape).items():
        if np.isrealobj(z) and pair.same(logistic_slope(sigmoid(z)), want):
            twice = logistic_slope(sigmoid(sigmoid(z)))
            yield pair.step(
                f"want is sigmoid'({name}), got is sigmoid'(sigmoid({name}))", want=twice, weight=0.95
            )
    if not pair.same_shape or not all_finite(want, got) or np.iscomplexobj(want) or np.iscomplexobj(got):
        return
    if (want < 0).any() or (want > 0.2500001).any() or (np.abs(got) > 0.2500001).any() or (got <= 0.19).any():
        return
    root = np.sqrt(np.maximum(1 - 4 * want, 0))
    off = np.minimum(_off(got, (1 - root) / 2), _off(got, (1 + root) / 2))
    if off.max() <= (1e-7 if pair.facts.loose < 1e-8 else 1e-3):
        yield pair.explained("got is a(1-a) at a = sigmoid(sigmoid(z)), want at a = sigmoid(z)", weight=0.95)


def _off(got: Array, a: Array) -> Array:
    off: Array = np.abs(got - logistic_slope(sigmoid(a)))
    return off
