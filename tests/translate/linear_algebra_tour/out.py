import numpy as np

from port.migrate.runtime import (
    assign,
    chol,
    det,
    diag,
    eig,
    eye,
    inv,
    lu,
    mtimes,
    norm,
    null,
    rank,
    round_,
    size,
    sort,
    sum_,
    trace,
)


def linalg(A=None):
    """Observed arguments:
    A : (3, 3) float64
    """
    d = det(A)
    t = trace(A)
    r = np.array([[rank(A), rank(np.array([[1.0, 2.0], [2.0, 4.0]]))]], dtype=float)
    n = np.array(
        [[norm(A), norm(A, 1), norm(A, "fro"), norm(A[:, [0]]), norm(A, np.inf)]],
        dtype=float,
    )
    e = sort(eig(A))
    R = chol(A.T @ A + eye(size(A)))
    L, U, P = lu(A, nargout=3)
    c = mtimes(inv(A), A)
    c = round_(c * 100000000.0) / 100000000.0 + 0
    N = np.abs(null(np.array([[1.0, 1.0], [1.0, 1.0]])))
    t = assign(t, sum_(np.abs(diag(U))), 2)
    return d, t, r, n, e, R, L, P, c, N
