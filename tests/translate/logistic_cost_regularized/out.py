import numpy as np

from port.migrate.runtime import ctranspose, index, length, mtimes, vertcat
from sigmoid import sigmoid


def costFunctionReg(theta=None, X=None, y=None, lambda_=None):
    """COSTFUNCTIONREG Compute cost and gradient for logistic regression with regularization"""
    theta, X, y = np.atleast_2d(theta, X, y)
    m = length(y)

    h = sigmoid(X @ theta)
    theta_reg = vertcat(0, index(theta, np.arange(2.0, theta.size + 1)[np.newaxis]))

    J = -1 / m * (
        mtimes(y.T, np.emath.log(h)) + mtimes((1 - y).T, np.emath.log(1 - h))
    ) + mtimes(lambda_ / (2 * m), mtimes(ctranspose(theta_reg), theta_reg))
    grad = 1 / m * (X.T @ (h - y) + mtimes(lambda_, theta_reg))
    return J, grad
