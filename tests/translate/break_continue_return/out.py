import numpy as np

from port.migrate.runtime import COLON, assign, istrue, mod


def loops(M=None, limit=None):
    """Observed arguments:
    M : (4, 4) float64
    limit : float
    """
    s = 0
    found = np.zeros((0, 0))
    for i in range(M.shape[0]):
        for j in range(M.shape[1]):
            if istrue(mod(M[i, j], 2) == 0):
                continue
            if M[i, j] > limit:
                break
            s = s + M[i, j]
            found = assign(
                found,
                np.array([[i + 1, j + 1]], dtype=float),
                found.shape[0] + 1,
                COLON,
            )
    k = 0
    for k in range(1, 11):
        if k**2 > 20:
            return s, found, k
    k = -1
    return s, found, k
