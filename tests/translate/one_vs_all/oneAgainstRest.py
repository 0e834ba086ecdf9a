import numpy as np

from port.migrate.runtime import uminus


def oneAgainstRest(w=None, A=None, t=None, lambda_=None):
    """Observed arguments:
    w : (3, 1) float64
    A : (6, 3) float64
    t : (6, 1) bool
    lambda_ : float
    """
    n = t.size
    p = 1 / (1 + np.exp(-(A @ w)))
    cost = (
        1 / n * (uminus(t) * np.log(p) - (1 - t) * np.log(1 - p)).sum()
        + lambda_ / (2 * n) * (w[1:] ** 2).sum()
    )
    decay = w.copy()
    decay[0, 0] = 0
    slope = 1 / n * A.T @ (p - t) + lambda_ / n * decay
    slope = slope
    return cost, slope
