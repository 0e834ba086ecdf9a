import numpy as np

from port.migrate.runtime import COLON, assign, index, mean, mod, nnz, repmat, sum_


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
        train = np.logical_not(test)
        mu1 = mean(index(X, np.logical_and(train, y.T == 1), COLON), 1)
        mu0 = mean(index(X, np.logical_and(train, y.T == 0), COLON), 1)
        d1 = sum_((index(X, test, COLON) - repmat(mu1, sum_(test), 1)) ** 2, 2)
        d0 = sum_((index(X, test, COLON) - repmat(mu0, nnz(test), 1)) ** 2, 2)
        acc = assign(acc, mean((d1 < d0) == index(y, test)), f)
    return acc, idx
