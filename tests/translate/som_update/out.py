import numpy as np

from port.migrate.runtime import assign, copied, min_


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
    for t in range(X.shape[0]):
        d = np.sqrt(((W - np.tile(X[[t]], (K, 1))) ** 2).sum(axis=1, keepdims=True))
        _, value2 = min_(d, nargout=2)
        bmu = assign(bmu, value2, t + 1)
        for k in range(K):
            h = np.exp(-((k + 1 - bmu[t, 0]) ** 2) / (2 * radius**2))
            W[[k], :] = W[[k]] + eta * h * (X[[t]] - W[[k]])
        eta = eta * 0.9
        radius = np.fmax(radius * 0.9, 0.1)
    return W, bmu
