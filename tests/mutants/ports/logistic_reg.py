import numpy as np


def regularised(theta, X, y, lam):
    m = len(y)
    hypothesis = 1 / (1 + np.exp(-(X @ theta)))
    positive = y * np.log(hypothesis)
    negative = (1 - y) * np.log(1 - hypothesis)
    penalty = lam / (2 * m) * np.sum(theta[1:] ** 2)
    J = -np.sum(positive + negative) / m + penalty
    gradient = X.T @ (hypothesis - y) / m
    gradient[1:] = gradient[1:] + lam / m * theta[1:]
    return J, gradient
