r"""Rank-deficient A\b: MATLAB's basic solution against the minimum-norm solution.

With dependent columns A\b has many solutions. MATLAB returns a basic one, with zeros; NumPy's lstsq (and
Octave) the shortest. Both have the same residual.
"""

from collections.abc import Iterator

import numpy as np

from port.reference.causes.rule import Manual, Pair, Step

MANUAL = Manual(
    code="M16",
    setup="""\
Ar = np.outer([1.0, 2, 3, 4], [1.0, 2, 3]) + np.outer([1.0, 0, 1, 0], [2.0, 1, 0])
br = np.array([[1.0], [2], [0], [1]])""",
    matlab="ref = Ar\\br;",
    wrong="got = np.linalg.lstsq(Ar, br, rcond=None)[0]",
    right="""\
from scipy.linalg import qr
Q, R, P = qr(Ar, pivoting=True, mode='economic')
got = np.zeros((3, 1)); got[P[:2]] = np.linalg.solve(R[:2, :2], (Q.T @ br)[:2])""",
    remedy="Compare A*x, or take the basic solution from a QR with pivoting.",
)
LEAST_SQUARES = 1e-7


def undo(pair: Pair) -> Iterator[Step]:
    """want has zeros and is longer; got is its part at right angles to want - got, as the shortest is."""
    want, got = pair.want, pair.got
    if (
        not pair.same_shape
        or want.size < 2
        or np.iscomplexobj(want)
        or np.iscomplexobj(got)
        or (want != 0).all()
        or not want.any()
    ):
        return
    length = float(np.vdot(want, want))
    rest = float(np.vdot(got, want - got))
    if (
        (got != 0).sum() > (want != 0).sum()
        and abs(rest) <= max(LEAST_SQUARES, pair.facts.noise) * length
        and np.vdot(got, got) < length
    ):
        known = _same_products(pair)
        said = f", and {known} times both is the same" if known else ""
        evidence = f"want has zeros, got is shorter and at right angles to the difference{said}"
        yield pair.explained(evidence, weight=0.95 if known else 0.3)


def _same_products(pair: Pair) -> str:
    """The input that takes want and got to the same result; empty when there is none."""
    for name, a in pair.facts.matrices.items():
        if a.shape[1] == len(pair.want) and pair.want.ndim == 2:
            size = np.abs(a) @ np.abs(pair.want)
            if np.abs(a @ (pair.want - pair.got)).max() <= max(LEAST_SQUARES, pair.facts.noise) * size.max():
                return name
    return ""
