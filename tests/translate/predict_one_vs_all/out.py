import numpy as np

from port.migrate.runtime import max_


def strongestClass(W=None, A=None):
    """Observed arguments:
    W : (3, 3) float64
    A : (4, 2) float64
    """
    n = A.shape[0]
    classes = W.shape[0]
    c = np.zeros((A.shape[0], 1))
    A = np.hstack([np.ones((n, 1)), A])
    _, c = max_(1 / (1 + np.exp(-A @ W.T)), dim=2, nargout=2)
    return c
