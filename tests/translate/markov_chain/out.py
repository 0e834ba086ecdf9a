import numpy as np

from port.migrate.runtime import COLON, assign, length, norm


def stationary(P=None, tol=None):
    """Observed arguments:
    P : (3, 3) float64
    tol : float
    """
    p = np.ones((1, length(P))) / length(P)
    k = 0
    hist = p.copy()
    while True:
        q = p @ P
        k = k + 1
        hist = assign(hist, q, hist.shape[0] + 1, COLON)
        if norm(q - p, 1) < tol or k == 200:
            break
        p = q
    hist = hist[:3].copy()
    return p, k, hist
