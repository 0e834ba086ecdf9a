import numpy as np

from port.migrate.runtime import assign, copied, size, sort


def neuralGas(X=None, W=None, lambda_=None, epsi=None):
    """Observed arguments:
    X : (3, 2) float64
    W : (3, 2) float64
    lambda_ : float
    epsi : float
    """
    W = copied(W)
    ranks = np.zeros((X.shape[0], W.shape[0]))
    for i in range(X.shape[0]):
        d = ((W - X[[i]]) ** 2).sum(axis=1, keepdims=True)
        _, order = sort(d, nargout=2)
        k = np.zeros(order.shape)
        k = assign(k, np.arange(0.0, order.size)[np.newaxis], order)
        ranks[[i], :] = k.T.copy()
        W = W + epsi * np.exp(-k / lambda_) * (X[[i]] - W)
    return W, ranks
