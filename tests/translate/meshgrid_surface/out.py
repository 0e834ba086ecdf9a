import numpy as np

from port.migrate.runtime import (
    COLON,
    assign,
    colon,
    columns_of,
    copied,
    ctranspose,
    horzcat,
    ind2sub,
    index,
    meshgrid,
    min_,
    mtimes,
    rows,
    size,
    vertcat,
    zeros,
)


def surfaceGrid(theta=None):
    """Observed arguments:
    theta : (3, 1) float64
    """
    X1, X2 = meshgrid(np.arange(-1.0, 2)[np.newaxis], colon(0, 0.5, 1), nargout=2)
    Z = zeros(size(X1))
    for i in range(1, rows(X1) + 1):
        for j in range(1, columns_of(X1) + 1):
            t = vertcat(1, index(X1, i, j), index(X2, i, j))
            Z = assign(Z, mtimes(theta.T, t), i, j)
    Z = copied(ctranspose(Z))
    m, idx = min_(index(Z, COLON), nargout=2)
    r, c = ind2sub(size(Z), idx, nargout=2)
    idx = horzcat(idx, r, c)
    return Z, X1, idx
