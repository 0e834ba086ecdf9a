import numpy as np

from port.migrate.runtime import assign


def decide(w=None, A=None):
    """Observed arguments:
    w : (3, 1) float64
    A : (4, 3) float64
    """
    n = A.shape[0]  # rows to decide
    d = np.zeros((n, 1))
    for k in range(1, n + 1):
        p = 1 / (1 + np.exp(-(A[[k - 1]] @ w).item()))
        if p >= 0.5:
            d = assign(d, 1, k)
        else:
            d = assign(d, 0, k)
    return d
