import numpy as np

from port.migrate.runtime import ctranspose, cumsum, diag, find, mtimes, sum_, svd


def zca(x=None, epsilon=None):
    """Observed arguments:
    x : (3, 4) float64
    epsilon : float
    """
    x = x - x.mean(axis=0, keepdims=True)
    sigma = (x @ x.T) / x.shape[1]
    u, s, v = svd(sigma, nargout=3)
    u = mtimes(u, diag(np.sign(sum_(u))))
    xRot = mtimes(ctranspose(u), x)
    lambda_ = diag(s)
    k = find(cumsum(lambda_) / sum_(lambda_) >= 0.9, 1)
    xZCA = mtimes(
        mtimes(mtimes(u, diag(1 / np.emath.sqrt(diag(s) + epsilon))), ctranspose(u)), x
    )
    return xZCA, xRot, k
