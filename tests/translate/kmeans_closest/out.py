import numpy as np


def nearestCentre(P=None, centres=None):
    """Observed arguments:
    P : (6, 2) float64
    centres : (3, 2) float64
    """
    k = centres.shape[0]
    which = np.zeros((P.shape[0], 1))
    for i in range(P.shape[0]):
        least = np.inf
        for c in range(1, k + 1):
            d = ((P[[i]] - centres[[c - 1]]) ** 2).sum()
            if d < least:
                least = d
                which[i, 0] = c
    return which
