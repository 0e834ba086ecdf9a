import numpy as np

from port.migrate.runtime import eigs, norm


def powerIteration(A=None, iters=None):
    """Observed arguments:
    A : (3, 3) float64
    iters : float
    """
    v = np.ones((A.shape[0], 1)) / np.sqrt(A.shape[0])
    for k in range(1, int(iters) + 1):
        v = A @ v
        v = v / norm(v)
    lambda_ = (v.T @ A @ v).item()
    check = np.abs(lambda_ - eigs(A, 1)) < 1e-06
    return lambda_, v, check
