import numpy as np

from port.migrate.runtime import ctranspose, index, last, length, mtimes, vertcat
from sigmoid import sigmoid


def costFunctionReg(theta=None, X=None, y=None, lambda_=None):
    """COSTFUNCTIONREG Compute cost and gradient for logistic regression with regularization"""
    m = length(y)

    h = sigmoid(mtimes(X, theta))
    theta_reg = vertcat(0, index(theta, np.arange(2.0, last(theta) + 1)[np.newaxis]))

    J = -1 / m * (
        mtimes(ctranspose(y), np.emath.log(h))
        + mtimes(ctranspose(1 - y), np.emath.log(1 - h))
    ) + mtimes(lambda_ / (2 * m), mtimes(ctranspose(theta_reg), theta_reg))
    grad = 1 / m * (mtimes(ctranspose(X), h - y) + mtimes(lambda_, theta_reg))
    return J, grad
