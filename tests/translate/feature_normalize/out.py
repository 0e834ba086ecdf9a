import numpy as np

from port.migrate.runtime import std


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
    for j in range(A.shape[1]):
        Z[:, [j]] = (A[:, [j]] - centre[0, j]) / spread[0, j]
    return Z, centre, spread
