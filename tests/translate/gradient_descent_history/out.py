import numpy as np

from port.migrate.runtime import assign, copied, length, mtimes, size, sum_, whole


def gradientDescent(X=None, y=None, theta=None, alpha=None, num_iters=None):
    X, y, theta = np.atleast_2d(X, y, theta)
    theta = copied(theta)
    m = length(y)
    J_history = np.zeros((whole(num_iters), 1))

    for iter in range(1, whole(num_iters) + 1):
        delta = np.zeros(theta.shape)
        for j in range(1, X.shape[1] + 1):
            delta = assign(delta, sum_((X @ theta - y) * X[:, [j - 1]]) / m, j)
        theta = theta - mtimes(alpha, delta)

        # Save the cost J in every iteration
        J_history = assign(J_history, costAt(X, y, theta), iter)
    return theta, J_history


def costAt(X=None, y=None, theta=None):
    y = np.atleast_2d(y)
    m = y.size
    e = mtimes(X, theta) - y
    J = (e.T @ e) / (2 * m)
    return J
