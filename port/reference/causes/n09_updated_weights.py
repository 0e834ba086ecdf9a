"""Hidden delta computed after the output weights were updated.

Backpropagation needs the weights of the forward pass. A loop that updates each layer on its way down sends
the delta through weights that are one step newer: an error of the order of the learning rate.
"""

from collections.abc import Iterator

import numpy as np

from port.reference.causes.arrays import Array, peak, probe
from port.reference.causes.rule import Manual, Pair, Step

MANUAL = Manual(
    code="N09",
    stage="recompute",
    setup="""\
W2 = np.array([[1.0, 2, 3], [4, -5, 6]]); D2 = np.array([[0.5, -1, 0.2, 1], [1, 0.3, -0.4, 2]])
H = np.array([[0.1, 0.9, 0.4, 0.2], [0.8, 0.3, 0.5, 0.6], [0.7, 0.2, 0.1, 0.9]]); lr = 0.1""",
    matlab="ref = W2'*D2;",
    wrong="W2n = W2 - lr*(D2 @ H.T); got = W2n.T @ D2",
    right="got = W2.T @ D2",
    remedy="Compute all deltas first, then update.",
    see="https://github.com/Bot-Academy/NeuralNetworkFromScratch/pull/3",
)


def undo(pair: Pair) -> Iterator[Step]:
    """want = W'D, got = (W - c D H')'D for inputs W, D, H; c is the learning rate."""
    if pair.want.ndim != 2:
        return
    matrices = pair.facts.matrices
    for a, w in matrices.items():
        for b, d in matrices.items():
            if w.shape == (d.shape[0], pair.want.shape[0]) and d.shape[1] == pair.want.shape[1]:
                if pair.is_product(w.T, d):
                    yield from _newer(pair, a, b, d)


def _newer(pair: Pair, weights: str, delta: str, d: Array) -> Iterator[Step]:
    for name, h in pair.facts.shaped(pair.want.shape).items():
        drift = (h @ d.T) @ d
        fitted = _rate(pair, drift) if pair.same_shape else None
        for rate in dict.fromkeys([*pair.facts.scalars.values(), *([fitted] if fitted else [])]):
            evidence = f"got uses {weights} after a step of {rate:.3g} times {delta}*{name}'"
            yield pair.step(evidence, want=pair.want - rate * drift, weight=0.95)


def _rate(pair: Pair, drift: Array) -> float | None:
    """The c of got = a (want - c drift), a and c by least squares from a sample; None when it is nothing."""
    few = probe(drift.shape)
    basis = np.stack([pair.want[few] / (peak(pair.want) or 1.0), drift[few] / (peak(drift) or 1.0)], axis=1)
    if not (
        np.isrealobj(basis)
        and np.isrealobj(pair.got)
        and np.isfinite(pair.got[few]).all()
        and np.isfinite(basis).all()
    ):
        return None
    a, b = np.linalg.lstsq(basis, pair.got[few], rcond=None)[0]
    return float(-b / a * peak(pair.want) / peak(drift)) if a and peak(drift) else None
