import numpy as np

from port.migrate.runtime import COLON, assign, copied, index, min_, mpower, mtimes


def somTrain(X=None, W=None, eta=None, radius=None):
    """Observed arguments:
    X : (4, 2) float64
    W : (4, 2) float64
    eta : float
    radius : float
    """
    W = copied(W)
    K = W.shape[0]
    bmu = np.zeros((X.shape[0], 1))
    for t in range(1, X.shape[0] + 1):
        d = np.sqrt(((W - np.tile(X[[t - 1]], (K, 1))) ** 2).sum(axis=1, keepdims=True))
        _, value3 = min_(d, nargout=2)
        bmu = assign(bmu, value3, t)
        for k in range(1, K + 1):
            h = np.exp(-mpower(k - index(bmu, t), 2) / (2 * radius**2))
            W = assign(
                W,
                index(W, k, COLON) + mtimes(eta * h, X[[t - 1]] - index(W, k, COLON)),
                k,
                COLON,
            )
        eta = eta * 0.9
        radius = np.fmax(radius * 0.9, 0.1)
    return W, bmu
