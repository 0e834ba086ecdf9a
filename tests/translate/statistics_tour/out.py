import numpy as np

from port.migrate.runtime import (
    COLON,
    corrcoef,
    ctranspose,
    cumsum,
    diff,
    histc,
    horzcat,
    index,
    max_,
    mean,
    median,
    min_,
    mode,
    prod_,
    std,
    sum_,
    var,
    vertcat,
)


def statsTour(X=None):
    a = horzcat(
        mean(index(X, COLON)),
        median(index(X, COLON)),
        mode(index(X, COLON)),
        std(index(X, COLON)),
        var(index(X, COLON)),
    )
    b = mean(X, 2)
    c = std(X, 0, 2)
    d = vertcat(max_(X), min_(X), sum_(X), prod_(X))
    e = cumsum(X, 2)
    f = corrcoef(index(X, COLON, 1), index(X, COLON, 2))
    g = histc(ctranspose(index(X, COLON)), np.arange(1.0, 6)[np.newaxis])
    h = diff(ctranspose(index(X, COLON, 1)))
    return a, b, c, d, e, f, g, h
