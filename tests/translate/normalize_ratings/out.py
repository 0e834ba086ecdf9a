import numpy as np

from port.migrate.runtime import (
    COLON,
    assign,
    dimensions,
    find,
    index,
    mean,
    size,
    zeros,
)


def normalizeRatings(Y=None, R=None):
    m, n = dimensions(Y, 2)
    Ymean = np.zeros((m, 1))
    Ynorm = zeros(size(Y))
    for i in range(1, m + 1):
        idx = find(index(R, i, COLON) == 1)
        Ymean = assign(Ymean, mean(index(Y, i, idx)), i)
        Ynorm = assign(Ynorm, index(Y, i, idx) - index(Ymean, i), i, idx)
    return Ynorm, Ymean
