import numpy as np

from port.migrate.runtime import COLON, assign, colon, ctranspose, index, mtimes


def thereAndBack(A=None, axes_=None, k=None):
    """Observed arguments:
    A : (3, 3) float64
    axes_ : (3, 3) float64
    k : float
    """
    low = np.zeros((A.shape[0], int(k)))
    kept = index(axes_, COLON, colon(1, k))
    for i in range(1, A.shape[0] + 1):
        a = A[[i - 1]].T
        for j in range(1, int(k) + 1):
            low = assign(low, mtimes(a.T, index(kept, COLON, j)), i, j)
    back = mtimes(low, ctranspose(kept))
    return low, back
