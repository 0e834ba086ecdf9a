import numpy as np

from port.migrate.runtime import COLON, ctranspose, diag, dimensions, index, mtimes, svd


def pca(X=None):
    m, n = dimensions(X, 2)
    Sigma = mtimes(1 / m * ctranspose(X), X)
    U, S, V = svd(Sigma, nargout=3)
    U = mtimes(U, diag(np.sign(index(U, 1, COLON))))
    return U, S
