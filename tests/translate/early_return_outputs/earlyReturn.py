from types import SimpleNamespace

import numpy as np

from port.migrate.runtime import mldivide, rank


def earlyReturn(A=None, b=None):
    """Observed arguments:
    A : (2, 2) float64
    b : (1, ?) float64
    """
    x = np.zeros((0, 0))
    info = SimpleNamespace(code=0)
    if A.shape[0] != b.size:
        info.code = -1
        info.text = "sizes differ"
        return x, info
    if rank(A) < A.shape[1]:
        info.code = 1
        return x, info
    x = mldivide(A, b.reshape(-1, 1, order="F"))
    return x, info
