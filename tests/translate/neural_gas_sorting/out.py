import numpy as np

from port.migrate.runtime import (
    COLON,
    assign,
    copied,
    ctranspose,
    index,
    mrdivide,
    mtimes,
    numel,
    rows,
    size,
    sort,
    zeros,
)


def neuralGas(X=None, W=None, lambda_=None, epsi=None):
    W = np.atleast_2d(W)
    W = copied(W)
    ranks = np.zeros((rows(X), W.shape[0]))
    for i in range(1, rows(X) + 1):
        d = ((W - index(X, i, COLON)) ** 2).sum(axis=1, keepdims=True)
        _, order = sort(d, nargout=2)
        k = zeros(size(order))
        k = assign(k, np.arange(0.0, numel(order))[np.newaxis], order)
        ranks = assign(ranks, copied(ctranspose(k)), i, COLON)
        W = W + mtimes(epsi, np.exp(mrdivide(-k, lambda_))) * (index(X, i, COLON) - W)
    return W, ranks
