import numpy as np

from port.migrate.runtime import assign


def nearestCentre(P=None, centres=None):
    """Observed arguments:
    P : (6, 2) float64
    centres : (3, 2) float64
    """
    k = centres.shape[0]
    which = np.zeros((P.shape[0], 1))
    for i in range(1, P.shape[0] + 1):
        least = np.inf
        for c in range(1, k + 1):
            d = ((P[[i - 1]] - centres[[c - 1]]) ** 2).sum()
            if d < least:
                least = d
                which = assign(which, c, i)
    return which
