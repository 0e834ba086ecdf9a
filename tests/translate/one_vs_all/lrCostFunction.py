import numpy as np

from port.migrate.runtime import uminus


def lrCostFunction(theta=None, X=None, y=None, lambda_=None):
    """Observed arguments:
    theta : (3, 1) float64
    X : (6, 3) float64
    y : (6, 1) bool
    lambda_ : float
    """
    m = y.size
    h = 1 / (1 + np.exp(-(X @ theta)))
    J = (
        1 / m * (uminus(y) * np.log(h) - (1 - y) * np.log(1 - h)).sum()
        + lambda_ / (2 * m) * (theta[1:] ** 2).sum()
    )
    temp = theta.copy()
    temp[0, 0] = 0
    grad = 1 / m * X.T @ (h - y) + lambda_ / m * temp
    grad = grad
    return J, grad
