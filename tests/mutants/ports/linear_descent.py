import numpy as np


def descend(X, y, w, rate, steps):
    n = y.size
    costs = []
    for _ in range(steps):
        residual = X.dot(w) - y
        step = rate / n * X.T.dot(residual)
        w = w - step
        costs.append(np.sum((X.dot(w) - y) ** 2) / (2 * n))
    return w, np.array(costs)
