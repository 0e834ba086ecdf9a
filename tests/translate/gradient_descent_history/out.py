import numpy as np

from port.migrate.runtime import assign, copied, size


def gradientDescent(X=None, y=None, theta=None, alpha=None, num_iters=None):
    """Observed arguments:
    X : (5, 3) float64
    y : (5, 1) float64
    theta : (3, 1) float64
    alpha : float
    num_iters : float
    """
    theta = copied(theta)
    m = y.size
    J_history = np.zeros((int(num_iters), 1))

    for iter in range(1, int(num_iters) + 1):
        delta = np.zeros(theta.shape)
        for j in range(X.shape[1]):
            delta[j, 0] = ((X @ theta - y) * X[:, [j]]).sum() / m
        theta = theta - alpha * delta

        # Save the cost J in every iteration
        J_history = assign(J_history, costAt(X, y, theta), iter)
    return theta, J_history


def costAt(X=None, y=None, theta=None):
    """Observed arguments:
    X : (5, 3) float64
    y : (5, 1) float64
    theta : (3, 1) float64
    """
    m = y.size
    e = X @ theta - y
    J = (e.T @ e).item() / (2 * m)
    return J
