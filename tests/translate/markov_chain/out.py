import numpy as np

from port.migrate.runtime import (
    COLON,
    assign,
    colon,
    copied,
    index,
    last,
    length,
    mtimes,
    norm,
)


def stationary(P=None, tol=None):
    """Observed arguments:
    P : (3, 3) float64
    tol : float
    """
    p = np.ones((1, length(P))) / length(P)
    k = 0
    hist = p.copy()
    while True:
        q = mtimes(p, P)
        k = k + 1
        hist = assign(hist, q, last(hist, 1, 2) + 1, COLON)
        if norm(q - p, 1) < tol or k == 200:
            break
        p = q
    hist = copied(index(hist, colon(1, 3), COLON))
    return p, k, hist
