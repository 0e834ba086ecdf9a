"""sigmoid' taken at the activation instead of the pre-activation.

The slope is `a.*(1-a)` with a = sigmoid(z). A helper that computes s = sigmoid(input) first must be given
z; given a it returns sigmoid'(a), confined to 0.1966..0.25.
"""

from collections.abc import Iterator

import numpy as np

from port.reference.causes.arrays import Array
from port.reference.causes.rule import Manual, Pair, Step, all_finite
from port.reference.causes.shared import SLOPE_MAX, logistic_slope, real_inputs, sigmoid

MANUAL = Manual(
    code="N06",
    exact=True,
    setup="Zz = np.array([[0.5, -2, 3], [1, -0.25, 4]])",
    matlab="a=1./(1+exp(-Zz)); ref=a.*(1-a);",
    wrong="a = 1/(1 + np.exp(-Zz)); s = 1/(1 + np.exp(-a)); got = s*(1 - s)",
    right="a = 1/(1 + np.exp(-Zz)); got = a*(1 - a)",
    remedy="Multiply by a*(1-a), or pass z to the helper.",
    see="https://github.com/benoitfragit/libBrain/issues/78",
)
SLOPE_MIN = 0.1966  # sigmoid' at 1, the largest activation


def undo(pair: Pair) -> Iterator[Step]:
    """Each got is sigmoid' of one of the two activations whose slope is want."""
    want, got = pair.want, pair.got
    for name, z in real_inputs(pair) if np.abs(want).max() <= SLOPE_MAX else ():
        if pair.is_map(slope_at, z):
            evidence = f"want is sigmoid'({name}), got is sigmoid'(sigmoid({name}))"
            yield pair.step(evidence, want=slope_at(sigmoid(z)), weight=0.95)
            return
        if pair.is_map(logistic_slope, z):
            evidence = f"want is {name}.*(1 - {name}), got is sigmoid'({name})"
            yield pair.step(evidence, want=slope_at(z), weight=0.95)
            return
    if (
        want.size < 3
        or not pair.same_shape
        or not all_finite(want, got)
        or np.iscomplexobj(want)
        or np.iscomplexobj(got)
    ):
        return
    if want.min() < 0 or want.max() > SLOPE_MAX or got.max() > SLOPE_MAX or got.min() < SLOPE_MIN:
        return
    root = np.sqrt(np.maximum(1 - 4 * want, 0))
    off = np.minimum(np.abs(got - slope_at((1 - root) / 2)), np.abs(got - slope_at((1 + root) / 2)))
    if off.max() <= (1e-7 if pair.facts.loose < 1e-8 else 1e-3):
        yield pair.explained("got is a(1-a) at a = sigmoid(sigmoid(z)), want at a = sigmoid(z)", weight=0.95)


def slope_at(z: Array) -> Array:
    """sigmoid'(z)."""
    return logistic_slope(sigmoid(z))
