import numpy as np

from port.migrate.runtime import COLON, assign, extent, index, mean, mod, nnz


def folds(X=None, y=None, k=None):
    """Observed arguments:
    X : (6, 2) float64
    y : (6, 1) float64
    k : float
    """
    n = y.size
    idx = mod(np.arange(0.0, n)[np.newaxis], k) + 1
    acc = np.zeros((1, int(k)))
    for f in range(1, int(k) + 1):
        test = idx == f
        train = ~test
        mu1 = mean(index(X, train & (y.T == 1), COLON), 1)
        mu0 = mean(index(X, train & (y.T == 0), COLON), 1)
        d1 = ((index(X, test, COLON) - np.tile(mu1, (int(test.sum()), 1))) ** 2).sum(
            axis=1, keepdims=True
        )
        d0 = ((index(X, test, COLON) - np.tile(mu0, (extent(nnz(test)), 1))) ** 2).sum(
            axis=1, keepdims=True
        )
        acc = assign(acc, ((d1 < d0) == index(y, test)).mean(axis=0, keepdims=True), f)
    return acc, idx
