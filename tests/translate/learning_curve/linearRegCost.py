import numpy as np

from port.migrate.runtime import index, length, mtimes, sum_


def linearRegCost(X=None, y=None, theta=None, lambda_=None):
    y, theta = np.atleast_2d(y, theta)
    m = length(y)
    J = 1 / (2 * m) * sum_((mtimes(X, theta) - y) ** 2) + mtimes(
        lambda_ / (2 * m),
        sum_(index(theta, np.arange(2.0, theta.size + 1)[np.newaxis]) ** 2),
    )
    return J
