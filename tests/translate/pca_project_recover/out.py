import numpy as np

from port.migrate.runtime import COLON, assign, colon, ctranspose, index, mtimes


def projectAndRecover(X=None, U=None, K=None):
    """Observed arguments:
    X : (3, 3) float64
    U : (3, 3) float64
    K : float
    """
    Z = np.zeros((X.shape[0], int(K)))
    U_reduce = index(U, COLON, colon(1, K))
    for i in range(1, X.shape[0] + 1):
        x = X[[i - 1]].T
        for k in range(1, int(K) + 1):
            Z = assign(Z, mtimes(x.T, index(U_reduce, COLON, k)), i, k)
    X_rec = mtimes(Z, ctranspose(U_reduce))
    return Z, X_rec
