"""The reference was copied from the screen, or saved as text.

`format short` shows five digits, `save -ascii` writes eight. The reference has few decimals, and the port
agrees to half a unit of the last one.
"""

from collections.abc import Iterator

import numpy as np

from port.reference.causes.arrays import Array
from port.reference.causes.facts import decimal_units
from port.reference.causes.rule import ENLARGED, Manual, Pair, Step

MANUAL = Manual(
    code="F03",
    stage="precision",
    setup="v = np.array([[0.31830989], [1.41421356], [2.71828183]])",
    matlab="ref = round(v*1e4)/1e4;",
    wrong="got = v",
    right="got = np.floor(v*1e4 + 0.5)/1e4",
    remedy="Save the reference with save -v7, or compare to the digits it has.",
    see="https://github.com/wichmann-lab/python-psignifit/blob/main/tests/test_pooling.py",
)
LEAST_BITS, LEAST_ERROR = 8.0, 0.02
CHANCE = 1e-3  # that the errors of so few numbers are all this small a part of their last digits


def undo(pair: Pair) -> Iterator[Step]:
    """want has few decimal digits; got differs by half a unit of the last at most, or comes from inputs."""
    if not pair.facts.digits:
        return
    exact = pair.settled or (pair.residual <= pair.facts.noise and not decimal_units(pair.plain))
    if exact and not decimal_units(pair.facts.got):
        yield pair.explained("want has few digits, what the inputs give has all", weight=0.95)
        return
    for units in decimal_units(pair.plain):
        if _is_rounded(pair, abs(pair.factor) * units):
            yield pair.explained("want has few digits, got agrees to half a unit of the last", weight=0.95)
            return
    if pair.facts.noise < pair.residual <= ENLARGED * pair.facts.loose and pair.made:
        yield pair.explained("want has few digits, and what it was made into agrees to these", weight=0.9)


def _is_rounded(pair: Pair, unit: Array) -> bool:
    """Whether got agrees to half a unit of the last digit everywhere, with errors of that size somewhere."""
    apart = np.abs(pair.got - pair.want)
    bits = np.log2(1 + np.abs(pair.want) / unit).sum()
    near = (apart <= 0.5001 * unit + 1e-12 * np.abs(pair.got)).all()
    least = min(LEAST_ERROR, 0.5 * CHANCE ** (1 / apart.size))
    return bool(near and bits >= LEAST_BITS and (apart / unit).max() >= least)
