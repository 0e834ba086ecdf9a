"""An extra sigmoid' with the cross-entropy.

Sigmoid and cross-entropy together give the output delta `a - y`: the factor a(1-a) has cancelled.
Multiplying by it again is the delta of the squared error.
"""

from collections.abc import Iterator

import numpy as np

from port.reference.causes.arrays import may_fit
from port.reference.causes.rule import Manual, Pair, Step
from port.reference.causes.shared import bare_errors, deltas, is_damped, logistic_slope, slopes_that_fit

MANUAL = Manual(
    code="N08",
    setup="Y = np.array([[1.0, 0, 0], [0, 1, 1]]); Pm = np.array([[0.7, 0.2, 0.4], [0.1, 0.9, 0.3]])",
    matlab="ref = (Pm-Y);",
    wrong="got = (Pm - Y)*Pm*(1 - Pm)",
    right="got = (Pm - Y)",
    remedy="Leave a*(1-a) out: the delta is a - y.",
    see="https://github.com/jorgenkg/python-neural-network/issues/2",
)


def undo(pair: Pair) -> Iterator[Step]:
    """got/want is a(1-a): of an input, of want + 0 or 1 where targets are 0 or 1, or within (0, 0.25]."""
    want, got = pair.want, pair.got
    for said, a, y in deltas(pair, np.subtract):
        wrong = (a - y) * logistic_slope(a)
        yield pair.step(f"want is {said}, got is {said} times a(1-a)", want=wrong, weight=0.95)
        return
    if not pair.same_shape or not np.isrealobj(want):
        return
    for said, a in (*slopes_that_fit(pair, want, got), *bare_errors(want)):
        if may_fit(got, want, pair.facts.coarse, logistic_slope, a):
            evidence = f"got/want is a(1-a), {said}"
            yield pair.step(evidence, want=want * logistic_slope(a), weight=0.95, final=True)
    if not pair.facts.arrays and is_damped(got, want):
        yield pair.explained("got/want lies in (0, 0.25] throughout, as a(1-a) does", weight=0.2)
