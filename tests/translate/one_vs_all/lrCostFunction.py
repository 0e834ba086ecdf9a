import numpy as np

from port.migrate.runtime import assign, index, length, mtimes, sum_


def lrCostFunction(theta=None, X=None, y=None, lambda_=None):
    theta, X, y = np.atleast_2d(theta, X, y)
    m = length(y)
    h = 1 / (1 + np.exp(-(X @ theta)))
    J = 1 / m * sum_(-1 * y * np.log(h) - (1 - y) * np.log(1 - h)) + mtimes(
        lambda_ / (2 * m),
        sum_(index(theta, np.arange(2.0, theta.size + 1)[np.newaxis]) ** 2),
    )
    temp = theta.copy()
    temp = assign(temp, 0, 1)
    grad = 1 / m * X.T @ (h - y) + mtimes(lambda_ / m, temp)
    grad = grad.reshape(-1, 1, order="F")
    return J, grad
