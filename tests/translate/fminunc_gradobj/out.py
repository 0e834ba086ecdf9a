import numpy as np

from port.migrate.runtime import fminunc, optimset


def trainLogistic(X=None, y=None):
    """Observed arguments:
    X : (5, 2) float64
    y : (5, 1) float64
    """
    options = optimset("GradObj", "on", "MaxIter", 400)
    theta, cost = fminunc(
        lambda t: costFn(t, X, y), np.zeros((X.shape[1], 1)), options, nargout=2
    )
    p = X @ theta > 0
    return theta, cost, p


def costFn(t=None, X=None, y=None):
    """Observed arguments:
    t : (2, 1) float64
    X : (5, 2) float64
    y : (5, 1) float64
    """
    h = 1 / (1 + np.exp(-X @ t))
    J = (-y * np.log(h) - (1 - y) * np.log(1 - h)).mean() + 0.05 * (t.T @ t).item()
    g = (X.T @ (h - y)) / y.size + 0.1 * t
    return J, g
