import numpy as np

from port.migrate.runtime import mldivide, mtimes


def ridge(A=None, t=None, lambda_=None):
    """Observed arguments:
    A : (?, 2) float64
    t : float64
    lambda_ : float
    """
    D = np.eye(A.shape[1])
    D[0, 0] = 0
    w = mldivide(A.T @ A + lambda_ * D + 0.001 * np.eye(A.shape[1]), mtimes(A.T, t))
    return w
