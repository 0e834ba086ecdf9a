import numpy as np

from port.migrate.runtime import index, std


def standardise(A=None):
    """STANDARDISE  columns of mean zero and deviation one

    Observed arguments:
    A : (5, 2) float64
    """
    Z = A.copy()
    centre = np.zeros((1, A.shape[1]))
    spread = np.zeros((1, A.shape[1]))

    centre = A.mean(axis=0, keepdims=True)
    spread = std(A)
    for j in range(1, A.shape[1] + 1):
        Z[:, [j - 1]] = (A[:, [j - 1]] - centre[0, j - 1]) / index(spread, j)
    return Z, centre, spread
