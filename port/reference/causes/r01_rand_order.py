"""rand(m,n) is filled column by column.

MATLAB draws a random matrix down its columns, `RandomState.rand(m, n)` along its rows. With the same stream
the same numbers stand in other places. Draw m*n numbers and reshape with order='F'.
"""

from collections.abc import Iterator

from port.reference.causes.facts import is_single_valued
from port.reference.causes.rule import Manual, Pair, Step
from port.reference.causes.shared import is_raw_uniform, refolds_an_input
from port.reference.causes.streams import matlab_uniform, octave_uniform, seed_of

MANUAL = Manual(
    code="R01",
    setup="import random as rr",
    matlab="rand('twister',42); ref=rand(3,5);",
    wrong="rr.seed(42); got = np.array([rr.random() for _ in range(15)]).reshape(3, 5)",
    right="rr.seed(42); got = np.array([rr.random() for _ in range(15)]).reshape(3, 5, order='F')",
    remedy="Reshape the draws with order='F'; port.random does.",
)


def undo(pair: Pair) -> Iterator[Step]:
    """As a reshape in the other order, of numbers that can be fresh draws (of got's, where want has lost digits)."""
    want, got = pair.want, pair.got
    if want.ndim < 2 or min(want.shape) < 2 or not (is_raw_uniform(want) or is_raw_uniform(got)):
        return
    coarse = is_single_valued(want) or not is_raw_uniform(want)
    drawn = got.ravel() if coarse else want.ravel(order="F")
    by_rows = want.ravel(order="F").reshape(want.shape)
    for engine, draw in (("Octave", octave_uniform), ("MATLAB", matlab_uniform)):
        seed = seed_of(drawn, draw, pair.facts)
        if seed is not None:
            yield pair.step(f"the draws of {engine} with seed {seed}, laid in rows", want=by_rows, weight=1.0)
            return
    weight = 0.2 if refolds_an_input(pair) or drawn.min() > 0.5 else 0.6
    yield pair.step("multiples of 2^-53 as rand draws them, laid in rows", want=by_rows, weight=weight)
