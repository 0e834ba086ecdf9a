import numpy as np

from port.migrate.runtime import (
    corrcoef,
    cumsum,
    diff,
    histc,
    horzcat,
    max_,
    median,
    min_,
    mode,
    std,
    var,
    vertcat,
)


def statsTour(X=None):
    """Observed arguments:
    X : (4, 3) float64
    """
    a = horzcat(
        X.reshape(-1, 1, order="F").mean(),
        median(X.reshape(-1, 1, order="F")),
        mode(X.reshape(-1, 1, order="F")),
        std(X.reshape(-1, 1, order="F")),
        var(X.reshape(-1, 1, order="F")),
    )
    b = X.mean(axis=1, keepdims=True)
    c = std(X, 0, 2)
    d = vertcat(
        max_(X), min_(X), X.sum(axis=0, keepdims=True), X.prod(axis=0, keepdims=True)
    )
    e = cumsum(X, 2)
    f = corrcoef(X[:, [0]], X[:, [1]])
    g = histc(X.reshape(-1, 1, order="F").T, np.arange(1.0, 6)[np.newaxis])
    h = diff(X[:, [0]].T)
    return a, b, c, d, e, f, g, h
