import numpy as np

from port.migrate.runtime import colon, columns, index


def ranges(lo=None, hi=None):
    """Observed arguments:
    lo : float
    hi : float
    """
    a = colon(lo, hi)
    b = colon(hi, -2, lo)
    c = colon(0, 0.1, 0.5)
    d = np.arange(1.0, 4)[np.newaxis].T @ np.arange(1.0, 4)[np.newaxis]
    e = np.arange(5.0, 2)[np.newaxis]
    n = colon(0, 0.05, 1).size
    total = 0
    for k in range(10, -3, -3):
        total = total + k
    for k in columns(colon(0.1, 0.1, 0.5)):
        total = total + k
    for k in columns(np.array([[1.0, 3.0], [2.0, 4.0]])):
        total = total + index(k, 1) * index(k, 2)
    return a, b, c, d, e, n, total
