import numpy as np


def thereAndBack(A=None, axes_=None, k=None):
    """Observed arguments:
    A : (3, 3) float64
    axes_ : (3, 3) float64
    k : float
    """
    low = np.zeros((A.shape[0], int(k)))
    kept = axes_[:, : int(k)]
    for i in range(A.shape[0]):
        a = A[[i]].T
        for j in range(int(k)):
            low[i, j] = (a.T @ kept[:, [j]]).item()
    back = low @ kept.T
    return low, back
