import numpy as np

from port.migrate.runtime import diag, eps, max_


def softmaxJacobian(z=None, g=None):
    """Observed arguments:
    z : (3, 1) float64
    g : (3, 1) float64
    """
    z = z - max_(z)
    p = np.exp(z) / np.exp(z).sum()
    J = diag(p) - p @ p.T
    g1 = J.T @ g
    g2 = p * (g - (p * g).sum())
    same = max_(np.abs(g1 - g2)) < eps(1) * 10
    return p, J, g1, g2, same
