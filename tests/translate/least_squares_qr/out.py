import numpy as np

from port.migrate.runtime import diag, mldivide, mtimes, norm, qr


def leastSquares(A=None, b=None):
    """Observed arguments:
    A : (4, 2) float64
    b : (4, 1) float64
    """
    Q, R = qr(A, 0, nargout=2)
    s = np.sign(diag(R))
    R = mtimes(diag(s), R)
    Q = mtimes(Q, diag(s))
    x = mldivide(R, Q.T @ b)
    r = norm(A @ x - b)
    return x, R, r
