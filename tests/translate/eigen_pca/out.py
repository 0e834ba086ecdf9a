import numpy as np

from port.migrate.runtime import (
    COLON,
    assign,
    colon,
    columns_of,
    copied,
    cov,
    cumsum,
    diag,
    eig,
    index,
    max_,
    mrdivide,
    mtimes,
    sort,
    sum_,
)


def eigenPca(X=None):
    """Observed arguments:
    X : (5, 3) float64
    """
    Xc = X - np.tile(X.mean(axis=0, keepdims=True), (X.shape[0], 1))
    C = cov(Xc)
    V, D = eig(C, nargout=2)
    d, order = sort(diag(D), "descend", nargout=2)
    V = copied(index(V, COLON, order))
    for j in range(1, columns_of(V) + 1):
        _, k = max_(np.abs(index(V, COLON, j)), nargout=2)
        V = assign(V, mtimes(index(V, COLON, j), np.sign(index(V, k, j))), COLON, j)
    D = diag(d)
    proj = mtimes(Xc, index(V, COLON, colon(1, 2)))
    explained = mrdivide(cumsum(d), sum_(d))
    return V, D, proj, explained
