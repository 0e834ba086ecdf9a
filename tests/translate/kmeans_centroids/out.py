import numpy as np

from port.migrate.runtime import COLON, index


def meansOfGroups(P=None, which=None, k=None):
    """Observed arguments:
    P : (5, 2) float64
    which : (5, 1) float64
    k : float
    """
    n, d = P.shape
    centres = np.zeros((int(k), d))
    for c in range(1, int(k) + 1):
        group = index(P, which == c, COLON)
        centres[[c - 1], :] = group.mean(axis=0, keepdims=True)
    return centres
