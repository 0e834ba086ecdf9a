import numpy as np

from port.migrate.runtime import (
    COLON,
    assign,
    copied,
    ctranspose,
    numel,
    size,
    sort,
    zeros,
)


def neuralGas(X=None, W=None, lambda_=None, epsi=None):
    """Observed arguments:
    X : (3, 2) float64
    W : (3, 2) float64
    lambda_ : float
    epsi : float
    """
    W = copied(W)
    ranks = np.zeros((X.shape[0], W.shape[0]))
    for i in range(1, X.shape[0] + 1):
        d = ((W - X[[i - 1]]) ** 2).sum(axis=1, keepdims=True)
        _, order = sort(d, nargout=2)
        k = zeros(size(order))
        k = assign(k, np.arange(0.0, numel(order))[np.newaxis], order)
        ranks = assign(ranks, copied(ctranspose(k)), i, COLON)
        W = W + epsi * np.exp(-k / lambda_) * (X[[i - 1]] - W)
    return W, ranks
