import numpy as np

from port.migrate.runtime import ctranspose, cumsum, diag, find, mtimes, sum_, svd


def whiten(x=None, small=None):
    """Observed arguments:
    x : (3, 4) float64
    small : float
    """
    x = x - x.mean(axis=0, keepdims=True)
    C = (x @ x.T) / x.shape[1]
    axes_, S, right = svd(C, nargout=3)
    axes_ = mtimes(axes_, diag(np.sign(sum_(axes_))))
    turned = mtimes(ctranspose(axes_), x)
    spread = diag(S)
    k = find(cumsum(spread) / sum_(spread) >= 0.9, 1)
    white = mtimes(
        mtimes(
            mtimes(axes_, diag(1 / np.emath.sqrt(diag(S) + small))), ctranspose(axes_)
        ),
        x,
    )
    return white, turned, k
