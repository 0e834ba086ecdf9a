import numpy as np

from port.migrate.runtime import diag, mtimes, svd


def principalAxes(A=None):
    """Observed arguments:
    A : (4, 3) float64
    """
    n, d = A.shape
    C = 1 / n * A.T @ A
    axes_, S, right = svd(C, nargout=3)
    axes_ = mtimes(axes_, diag(np.sign(axes_[[0]])))
    return axes_, S
