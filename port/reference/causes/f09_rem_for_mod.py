"""rem() ported as %.

`rem` keeps the sign of the dividend, as `np.fmod` does; `%` and `np.mod` take that of the divisor. They
differ for negative numbers, by the divisor.
"""

from collections.abc import Iterator

import numpy as np

from port.reference.causes.arrays import FEW, fit
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
WRAPS = {2.0**8, 2.0**16, 2.0**32}  # divisors that are rather the bounds of a type


def undo(pair: Pair) -> Iterator[Step]:
    """got is want plus the divisor where want is of the other sign, and want elsewhere."""
    want, got = pair.want, pair.got
    if not pair.same_shape or not all_finite(want, got) or np.iscomplexobj(want) or np.iscomplexobj(got):
        return
    if (got.flat[:FEW] > 0).any() and (got.flat[:FEW] < 0).any():
        return
    other = (want < 0) & (got > 0) if (got >= 0).all() else (want > 0) & (got < 0)
    if not other.any():
        return
    scale = fit(want[~other], got[~other], pair.facts.loose) or 1.0
    got = got / scale
    divisor = float(np.median((got - want)[other]))
    if (np.abs(want) < abs(divisor)).all() and (np.abs(got) < abs(divisor) * (1 + 1e-9)).all():
        dividends = (a for a in pair.facts.shaped(want.shape).values() if np.isrealobj(a))
        known = any(pair.same(np.fmod(a, divisor), want) for a in dividends)
        weight = 0.95 if known else 0.8 if 1 < other.sum() < want.size else 0.4 if other.sum() > 1 else 0.0
        weight *= 0.1 if abs(divisor) in WRAPS else 1.0
        if weight:
            shifted = np.where(other, want + divisor, want)
            evidence = f"got is want + {divisor:g} where the signs differ"
            yield pair.step(evidence, want=shifted, weight=weight, final=True)
