import numpy as np

from port.migrate.runtime import (
    COLON,
    assign,
    copied,
    ctranspose,
    index,
    last,
    length,
    mtimes,
    sum_,
)


def lrCostFunction(theta=None, X=None, y=None, lambda_=None):
    m = length(y)
    h = 1 / (1 + np.exp(-mtimes(X, theta)))
    J = 1 / m * sum_(-y * np.log(h) - (1 - y) * np.log(1 - h)) + mtimes(
        lambda_ / (2 * m),
        sum_(index(theta, np.arange(2.0, last(theta) + 1)[np.newaxis]) ** 2),
    )
    temp = copied(theta)
    temp = assign(temp, 0, 1)
    grad = mtimes(1 / m * ctranspose(X), h - y) + mtimes(lambda_ / m, temp)
    grad = index(grad, COLON)
    return J, grad
