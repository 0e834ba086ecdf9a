"""sigmoid' is missing in the output delta of the squared error.

With squared error the output delta is `(a - y).*a.*(1-a)`. Without the last factor it is the delta of the
cross-entropy.
"""

from collections.abc import Iterator

import numpy as np

from port.reference.causes.arrays import may_fit
from port.reference.causes.rule import Manual, Pair, Step
from port.reference.causes.shared import bare_errors, deltas, is_damped, logistic_slope, slopes_that_fit

MANUAL = Manual(
    code="N07",
    setup="Y = np.array([[1.0, 0, 0], [0, 1, 1]]); Pm = np.array([[0.7, 0.2, 0.4], [0.1, 0.9, 0.3]])",
    matlab="ref = (Pm-Y).*Pm.*(1-Pm);",
    wrong="got = (Pm - Y)",
    right="got = (Pm - Y)*Pm*(1 - Pm)",
    remedy="Multiply by a*(1-a).",
    see="https://github.com/jiexunsee/Neural-Network-with-Python/issues/1",
)


def undo(pair: Pair) -> Iterator[Step]:
    """want/got is a(1-a): of an input, of got + 0 or 1 where targets are 0 or 1, or at least within (0, 0.25]."""
    want, got = pair.want, pair.got
    for said, a, y in deltas(pair, lambda a, y: (a - y) * logistic_slope(a)):
        yield pair.step(f"want is {said} times a(1-a), got is {said}", want=a - y, weight=0.95)
        return
    if not pair.same_shape or not np.isrealobj(got):
        return
    for said, a in (*slopes_that_fit(pair, got, want), *bare_errors(got)):
        if may_fit(want, got, pair.facts.coarse, logistic_slope, a):
            evidence = f"want/got is a(1-a), {said}"
            yield pair.step(evidence, want=want / logistic_slope(a), weight=0.95, final=True)
    if not pair.facts.arrays and is_damped(want, got):
        yield pair.explained("want/got lies in (0, 0.25] throughout, as a(1-a) does", weight=0.2)
