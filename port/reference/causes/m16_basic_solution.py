r"""Rank-deficient A\b: MATLAB's basic solution against the minimum-norm solution.

With dependent columns A\b has many solutions. MATLAB returns a basic one, with zeros; NumPy's lstsq (and
Octave) the shortest. Both have the same residual.
"""

from collections.abc import Iterator

import numpy as np

from port.reference.causes.arrays import Array
from port.reference.causes.rule import Manual, Pair, Step, all_finite

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
LEAST_SQUARES, RANK, REGULAR, MOST = 1e-7, 1e-10, 1e-6, 10**5


def undo(pair: Pair) -> Iterator[Step]:
    """want has zeros and is longer; got is its part at right angles to want - got, as the shortest is."""
    want, got = pair.want, pair.got
    if want.size < 2 or np.iscomplexobj(want) or (want != 0).all() or not all_finite(want) or not want.any():
        return
    known, zero = False, ~want.any(axis=tuple(range(1, want.ndim)))
    for name, a in pair.facts.matrices.items() if zero.any() else ():
        if want.ndim == 2 and a.shape[1] == len(want) and np.isrealobj(a) and a.size <= MOST:
            shortest = _shortest(a, want)
            if shortest is not None:
                known = True
                evidence = f"want has zeros, got is the shortest x with the same {name} * x"
                yield pair.step(evidence, want=shortest, weight=0.95)
    if not known and pair.same_shape and np.isrealobj(got) and (got != 0).sum() > (want != 0).sum():
        length, rest = float(np.vdot(want, want)), float(np.vdot(got, want - got))
        near = abs(rest) <= max(LEAST_SQUARES, pair.facts.noise) * length
        if near and np.vdot(got, got) < length:
            said = "want has zeros, got is shorter and at right angles to the difference"
            yield pair.explained(said, weight=0.3)


def _shortest(a: Array, want: Array) -> Array | None:
    """The shortest solution of the system that want solves; None when the matrix has full column rank."""
    if not np.isfinite(a).all() or _is_regular(a):
        return None
    solution, _, rank, _ = np.linalg.lstsq(a, a @ want, rcond=RANK)
    return solution if rank < a.shape[1] else None


def _is_regular(a: Array) -> bool:
    """Whether the columns are clearly independent: quicker to tell than the rank."""
    if a.shape[0] < a.shape[1]:
        return False
    try:
        sizes = np.diag(np.linalg.cholesky(a.T @ a))
    except np.linalg.LinAlgError:
        return False
    return bool(sizes.min() > REGULAR * sizes.max())
