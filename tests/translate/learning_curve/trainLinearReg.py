import numpy as np

from port.migrate.runtime import assign, mldivide, mtimes


def trainLinearReg(X=None, y=None, lambda_=None):
    """Observed arguments:
    X : (?, 2) float64
    y : float64
    lambda_ : float
    """
    L = np.eye(X.shape[1])
    L = assign(L, 0, 1, 1)
    theta = mldivide(X.T @ X + lambda_ * L + 0.001 * np.eye(X.shape[1]), mtimes(X.T, y))
    return theta
