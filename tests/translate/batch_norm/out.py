import numpy as np

from port.migrate.runtime import dimensions, sum_


def batchNorm(x=None, gamma_=None, beta_=None, dy=None):
    x = np.atleast_2d(x)
    epsilon = 1e-05
    D, N = dimensions(x, 2)
    mu = x.mean(axis=1, keepdims=True)
    xc = x - mu
    v = (xc**2).mean(axis=1, keepdims=True)
    s = np.sqrt(v + epsilon)
    xhat = xc / s
    y = gamma_ * xhat + beta_
    dgamma = (dy * xhat).sum(axis=1, keepdims=True)
    dbeta = sum_(dy, 2)
    dxhat = dy * gamma_
    dx = (
        N * dxhat - sum_(dxhat, 2) - xhat * (dxhat * xhat).sum(axis=1, keepdims=True)
    ) / (N * s)
    return y, dx, dgamma, dbeta
