import numpy as np


def batchNorm(x=None, gamma_=None, beta_=None, dy=None):
    """Observed arguments:
    x : (3, 4) float64
    gamma_ : (3, 1) float64
    beta_ : (3, 1) float64
    dy : (3, 4) float64
    """
    epsilon = 1e-05
    D, N = x.shape
    mu = x.mean(axis=1, keepdims=True)
    xc = x - mu
    v = (xc**2).mean(axis=1, keepdims=True)
    s = np.sqrt(v + epsilon)
    xhat = xc / s
    y = gamma_ * xhat + beta_
    dgamma = (dy * xhat).sum(axis=1, keepdims=True)
    dbeta = dy.sum(axis=1, keepdims=True)
    dxhat = dy * gamma_
    dx = (
        N * dxhat
        - dxhat.sum(axis=1, keepdims=True)
        - xhat * (dxhat * xhat).sum(axis=1, keepdims=True)
    ) / (N * s)
    return y, dx, dgamma, dbeta
