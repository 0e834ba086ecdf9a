import numpy as np

from port.migrate.runtime import colon, horzcat, ind2sub, meshgrid, min_, size


def surfaceGrid(theta=None):
    """Observed arguments:
    theta : (3, 1) float64
    """
    X1, X2 = meshgrid(np.arange(-1.0, 2)[np.newaxis], colon(0, 0.5, 1), nargout=2)
    Z = np.zeros(X1.shape)
    for i in range(X1.shape[0]):
        for j in range(X1.shape[1]):
            t = np.array([[1], [X1[i, j]], [X2[i, j]]], dtype=float)
            Z[i, j] = (theta.T @ t).item()
    Z = Z.T.copy()
    m, idx = min_(Z.reshape(-1, 1, order="F"), nargout=2)
    r, c = ind2sub(size(Z), idx, nargout=2)
    idx = horzcat(idx, r, c)
    return Z, X1, idx
