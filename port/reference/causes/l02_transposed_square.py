"""Transposed, hidden by a square shape.

A forgotten (or doubled) `'` on a square matrix changes no shape, so no error is raised; only the values sit
mirrored at the diagonal. On a square matrix this is the same as a reshape in the other order.
"""

from collections.abc import Iterator

from port.reference.causes.arrays import is_same, is_special, is_square
from port.reference.causes.rule import Manual, Pair, Step

MANUAL = Manual(
    code="L02",
    setup="S = np.arange(9.0).reshape(3, 3) ** 2",
    matlab="ref = S';",
    wrong="got = S.copy()",
    right="got = S.T",
    remedy="Write the `.T` that the MATLAB line has.",
    see="https://github.com/CORE-GATECH-GROUP/serpent-tools/issues/155",
)


def undo(pair: Pair) -> Iterator[Step]:
    """got = want.T, where want, or what became of it, is a square, asymmetric matrix."""
    want = pair.want
    square = is_square(want) or is_square(pair.got)
    if square and want.ndim == 2 and not is_same(want, want.T):
        known = any(is_same(a.T, want) for a in pair.facts.shaped(want.shape).values())
        weight = 0.9 if known else 0.2 if is_special(want, pair.facts.loose) else 0.6
        yield pair.step("got is want transposed", want=want.T, weight=weight)
        yield pair.step("got is want transposed", got=pair.got.T, weight=weight, mirrored=True)
