import numpy as np

from port.migrate.runtime import index, last, length, mtimes, sum_


def linearRegCost(X=None, y=None, theta=None, lambda_=None):
    m = length(y)
    J = 1 / (2 * m) * sum_((mtimes(X, theta) - y) ** 2) + mtimes(
        lambda_ / (2 * m),
        sum_(index(theta, np.arange(2.0, last(theta) + 1)[np.newaxis]) ** 2),
    )
    return J
