import numpy as np

from port.migrate.runtime import mtimes
from sigmoid import sigmoid


def costFunctionReg(theta=None, X=None, y=None, lambda_=None):
    """COSTFUNCTIONREG Compute cost and gradient for logistic regression with regularization

    Observed arguments:
    theta : (3, 1) float64
    X : (5, 3) float64
    y : (5, 1) float64
    lambda_ : float
    """
    m = y.size

    h = sigmoid(X @ theta)
    theta_reg = np.vstack([[[0]], theta[1:]])

    J = (
        -1 / m * (mtimes(y.T, np.emath.log(h)) + mtimes((1 - y).T, np.emath.log(1 - h)))
        + lambda_ / (2 * m) * (theta_reg.T @ theta_reg).item()
    )
    grad = 1 / m * (X.T @ (h - y) + lambda_ * theta_reg)
    return J, grad
