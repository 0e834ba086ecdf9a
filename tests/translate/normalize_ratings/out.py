import numpy as np

from port.migrate.runtime import assign, find, index, mean


def normalizeRatings(Y=None, R=None):
    """Observed arguments:
    Y : (3, 3) float64
    R : (3, 3) float64
    """
    m, n = Y.shape
    Ymean = np.zeros((m, 1))
    Ynorm = np.zeros(Y.shape)
    for i in range(1, m + 1):
        idx = find(R[[i - 1]] == 1)
        Ymean = assign(Ymean, mean(index(Y, i, idx)), i)
        Ynorm = assign(Ynorm, index(Y, i, idx) - index(Ymean, i), i, idx)
    return Ynorm, Ymean
