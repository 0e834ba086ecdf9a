"""rem() ported as %.

`rem` keeps the sign of the dividend, as `np.fmod` does; `%` and `np.mod` take that of the divisor. They
differ for negative numbers, by the divisor.
"""

from collections.abc import Iterator

import numpy as np

from port.reference.causes.rule import Manual, Pair, Step, all_finite

MANUAL = Manual(
    code="F09",
    setup="nn = np.array([[-7.0, -4, 5, 8, -2, 3]])",
    matlab="ref = rem(nn,3);",
    wrong="got = nn % 3",
    right="got = np.fmod(nn, 3)",
    remedy="Use np.fmod.",
    see="https://numpy.org/doc/stable/reference/generated/numpy.remainder.html",
)


def undo(pair: Pair) -> Iterator[Step]:
    """got is want plus the divisor where want is of the other sign, and want elsewhere."""
    want, got = pair.want, pair.got
    if not pair.same_shape or not all_finite(want, got) or np.iscomplexobj(want) or np.iscomplexobj(got):
        return
    other = (want < 0) & (got > 0) if (got >= 0).all() else (want > 0) & (got < 0)
    if other.sum() < 2 and not (other.any() and pair.facts.arrays):
        return
    divisor = float(np.median((got - want)[other]))
    within = (np.abs(want) < abs(divisor)).all() and (np.abs(got) < abs(divisor) * (1 + 1e-9)).all()
    if within:
        shifted = np.where(other, want + divisor, want)
        weight = 0.95 if not other.all() else 0.7
        yield pair.step(f"got is want + {divisor:g} where the signs differ", want=shifted, weight=weight)
