"""Updates after every sample instead of once a batch.

A loop over the samples that updates inside it is online gradient descent; the reference averages first. The
difference is of the order of the squared learning rate, and vanishes as the rate goes to 0. Arrays alone do
not show it.
"""

from collections.abc import Iterator

import numpy as np

from port.reference.causes.arrays import Array, is_vector
from port.reference.causes.rule import Manual, Pair, Step

MANUAL = Manual(
    code="N10",
    stage="recompute",
    setup="p = np.array([[0.5], [0.9], [0.1]]); t = np.array([[1.0], [0], [2]]); lr = np.array([[0.1]])",
    matlab="w=0.5; ref=w-lr*mean((w*p-t).*p);",
    wrong="""\
w = 0.5
for i in range(p.size):
    w = w - lr.item()*((w*p[i, 0] - t[i, 0])*p[i, 0])/p.size
got = np.array([[w]])""",
    right="w = 0.5; got = np.array([[w - lr.item()*np.mean((w*p - t)*p)]])",
    remedy="Accumulate over the batch, update once.",
    see="https://github.com/jorgenkg/python-neural-network/issues/2",
)


def undo(pair: Pair) -> Iterator[Step]:
    """One batch step and one pass of online steps of w*p = t, from the start that want implies."""
    if pair.want.size != 1:
        return
    vectors = {name: a.ravel() for name, a in pair.facts.arrays.items() if is_vector(a) and np.isrealobj(a)}
    for rate_name, rate in pair.facts.scalars.items():
        for a, p in vectors.items():
            for b, t in vectors.items():
                if a != b and p.size == t.size:
                    for said, online in _online(float(pair.want.flat[0].real), p, t, rate):
                        evidence = (
                            f"got updates after every sample of {a}, {b}, with the rate {rate_name}{said}"
                        )
                        yield pair.step(evidence, want=np.full(pair.want.shape, online), weight=0.95)


def _online(batch: float, p: Array, t: Array, rate: float) -> Iterator[tuple[str, float]]:
    """The weight after online steps, if one batch step leads to `batch`."""
    shrink = 1 - rate * float(np.mean(p * p))
    start = (batch - rate * float(np.mean(t * p))) / shrink if shrink else float("nan")
    for said, share in (("/n", p.size), ("", 1)):
        w = start
        for x, y in zip(p, t, strict=True):
            w -= rate * (w * x - y) * x / share
        yield said, float(w)
