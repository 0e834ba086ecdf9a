import numpy as np

from port.migrate.runtime import COLON, assign, power


def powersOf(x=None, n=None):
    """one column for each power of a vector

    Observed arguments:
    x : (1, 4) float64
    n : float
    """
    P = np.zeros((x.size, int(n)))
    for k in range(1, int(n) + 1):
        P = assign(P, power(x.reshape(-1, 1, order="F"), k), COLON, k)
    return P
