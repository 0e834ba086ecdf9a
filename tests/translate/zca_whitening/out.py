import numpy as np

from port.migrate.runtime import cumsum, diag, find, mtimes, svd


def whiten(x=None, small=None):
    """Observed arguments:
    x : (3, 4) float64
    small : float
    """
    x = x - x.mean(axis=0, keepdims=True)
    C = (x @ x.T) / x.shape[1]
    axes_, S, right = svd(C, nargout=3)
    axes_ = mtimes(axes_, diag(np.sign(axes_.sum(axis=0, keepdims=True))))
    turned = axes_.T @ x
    spread = diag(S)
    k = find(cumsum(spread) / spread.sum() >= 0.9, 1)
    white = mtimes(
        mtimes(mtimes(axes_, diag(1 / np.emath.sqrt(diag(S) + small))), axes_.T), x
    )
    return white, turned, k
