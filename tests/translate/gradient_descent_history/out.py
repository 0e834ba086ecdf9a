import numpy as np

from port.migrate.runtime import (
    COLON,
    assign,
    columns_of,
    copied,
    ctranspose,
    index,
    length,
    mtimes,
    numel,
    size,
    sum_,
    whole,
    zeros,
)


def gradientDescent(X=None, y=None, theta=None, alpha=None, num_iters=None):
    theta = copied(theta)
    m = length(y)
    J_history = np.zeros((whole(num_iters), 1))

    for iter in range(1, whole(num_iters) + 1):
        delta = zeros(size(theta))
        for j in range(1, columns_of(X) + 1):
            delta = assign(
                delta, sum_((mtimes(X, theta) - y) * index(X, COLON, j)) / m, j
            )
        theta = theta - mtimes(alpha, delta)

        # Save the cost J in every iteration
        J_history = assign(J_history, costAt(X, y, theta), iter)
    return theta, J_history


def costAt(X=None, y=None, theta=None):
    m = numel(y)
    e = mtimes(X, theta) - y
    J = mtimes(ctranspose(e), e) / (2 * m)
    return J
