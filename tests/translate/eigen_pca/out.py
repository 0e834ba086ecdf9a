import numpy as np

from port.migrate.runtime import (
    COLON,
    assign,
    copied,
    cov,
    cumsum,
    diag,
    eig,
    index,
    max_,
    sort,
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
    for j in range(1, V.shape[1] + 1):
        _, k = max_(np.abs(V[:, [j - 1]]), nargout=2)
        V = assign(V, V[:, [j - 1]] * np.sign(index(V, k, j)), COLON, j)
    D = diag(d)
    proj = Xc @ V[:, :2]
    explained = cumsum(d) / d.sum()
    return V, D, proj, explained
