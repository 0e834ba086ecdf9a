import numpy as np

from port.migrate.runtime import index, sum_


def broadcasting(r=None, col=None, M=None):
    r, M = np.atleast_2d(r, M)
    a = r + col
    b = M - M.mean(axis=1, keepdims=True)
    c = col * r - (M - index(r, np.arange(1.0, M.shape[1] + 1)[np.newaxis]))
    d = M / sum_(M)
    return a, b, c, d
