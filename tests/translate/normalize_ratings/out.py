import numpy as np

from port.migrate.runtime import COLON, assign, dimensions, find, index, mean, size


def normalizeRatings(Y=None, R=None):
    Y = np.atleast_2d(Y)
    m, n = dimensions(Y, 2)
    Ymean = np.zeros((m, 1))
    Ynorm = np.zeros(Y.shape)
    for i in range(1, m + 1):
        idx = find(index(R, i, COLON) == 1)
        Ymean = assign(Ymean, mean(index(Y, i, idx)), i)
        Ynorm = assign(Ynorm, index(Y, i, idx) - index(Ymean, i), i, idx)
    return Ynorm, Ymean
