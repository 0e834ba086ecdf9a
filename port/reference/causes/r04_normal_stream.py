"""randn differs even where rand agrees.

MATLAB and Octave draw normal numbers by ziggurats of their own, NumPy's RandomState by the polar method,
PCG64's Generator by another ziggurat. No seed makes them equal. Export the draws, or use norminv(rand) and
scipy.special.ndtri(rand) on both sides.
"""

from collections.abc import Iterator

import numpy as np

from port.reference.causes.arrays import is_whole
from port.reference.causes.rule import Manual, Pair, Step
from port.reference.causes.shared import is_unit
from port.reference.causes.streams import legacy_normal, pcg_normal, readings, seed_of

MANUAL = Manual(
    code="R04",
    stage="stream",
    setup="from port.random import OctaveStream",
    matlab="rng(1); ref = randn(1,5);",
    wrong="got = np.random.RandomState(1).randn(1, 5)",
    right="got = OctaveStream(1).randn(1, 5)",
    remedy="Export the draws, or transform uniform numbers on both sides: norminv(rand), scipy.special.ndtri.",
)
SMALLEST, LARGEST = 3, 8.0


def undo(pair: Pair) -> Iterator[Step]:
    """got is one of NumPy's normal streams of a small seed; want can be normal and is not."""
    want, got = pair.want, pair.got
    plausible = (
        want.size >= SMALLEST and np.isrealobj(want) and np.abs(want).max() < LARGEST and not is_unit(want)
    )
    if not (pair.same_shape and plausible and np.isrealobj(got) and not is_whole(want) and not is_whole(got)):
        return
    for said, draw in (
        ("RandomState({}).randn", legacy_normal),
        ("default_rng({}).standard_normal", pcg_normal),
    ):
        for drawn in readings(got):
            seed = seed_of(drawn, draw, pair.facts)
            if seed is not None:
                yield pair.explained(f"got is {said.format(seed)}, want is another stream", weight=0.9)
                return
