import numpy as np

from port.migrate.runtime import COLON, diag, index, mtimes, svd


def pca(X=None):
    """Observed arguments:
    X : (4, 3) float64
    """
    m, n = X.shape
    Sigma = 1 / m * X.T @ X
    U, S, V = svd(Sigma, nargout=3)
    U = mtimes(U, diag(np.sign(index(U, 1, COLON))))
    return U, S
