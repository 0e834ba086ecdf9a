import numpy as np

from port.migrate.runtime import mldivide


def rbfNet(x=None, y=None, centers=None, beta=None):
    """Observed arguments:
    x : (1, 7) float64
    y : (1, 7) float64
    centers : (1, 3) float64
    beta : float
    """
    x = x.reshape(-1, 1, order="F")
    centers = centers.reshape(-1, 1, order="F").T
    dist = np.abs(x - centers)
    Phi = np.hstack([np.exp(-beta * dist**2), np.ones((x.size, 1))])
    w = mldivide(Phi, y.reshape(-1, 1, order="F"))
    yhat = Phi @ w
    return w, yhat, Phi
