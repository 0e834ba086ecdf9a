import numpy as np


def bp(W1, W2, b1, b2, x, y):
    """One sample through a small network and back."""
    a1 = 1 / (1 + np.exp(-(W1 @ x + b1)))
    a2 = 1 / (1 + np.exp(-(W2 @ a1 + b2)))
    miss = np.ravel(a2) - np.ravel(y)
    cost = 0.5 * np.dot(miss, miss)
    slope = a2 * (1 - a2)
    delta2 = (a2 - y) * slope
    delta1 = W2.T @ delta2 * a1 * (1 - a1)
    grad2 = delta2 @ a1.T
    grad1 = delta1 @ x.T
    return grad1, grad2, cost
