import numpy as np

from port.migrate.runtime import colon, horzcat, index, lt


def cgSolve(A=None, b=None, tol=None, maxit=None):
    """Observed arguments:
    A : (3, 3) float64
    b : (3, 1) float64
    tol : float
    maxit : float
    """
    x = np.zeros(b.shape)
    r = b - A @ x
    p = r
    rs = (r.T @ r).item()
    residuals = np.emath.sqrt(rs)
    k = np.zeros((1, 0))
    for k in range(1, int(maxit) + 1):
        Ap = A @ p
        alpha = rs / (p.T @ Ap).item()
        x = x + alpha * p
        r = r - alpha * Ap
        rsnew = (r.T @ r).item()
        residuals = horzcat(residuals, np.emath.sqrt(rsnew))
        if lt(np.emath.sqrt(rsnew), tol):
            break
        p = r + rsnew / rs * p
        rs = rsnew
    residuals = index(residuals, colon(1, 2))
    return x, k, residuals
