import numpy as np

from port.migrate.runtime import det, diag, mtimes, pinv, power


def bellDensity(A=None, centre=None, S=None):
    """Observed arguments:
    A : (5, 2) float64
    centre : (2, 1) float64
    S : (2, 1) float64
    """
    d = centre.size
    if S.shape[1] == 1 or S.shape[0] == 1:
        S = diag(S)
    A = A - centre.T
    p = (
        power(2 * np.pi, -d / 2)
        * power(det(S), -0.5)
        * np.exp(-0.5 * (mtimes(A, pinv(S)) * A).sum(axis=1, keepdims=True))
    )
    return p
