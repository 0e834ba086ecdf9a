from port.migrate.runtime import ctranspose, var
from bellDensity import bellDensity


def fitBell(A=None):
    """Observed arguments:
    A : (5, 2) float64
    """
    n, d = A.shape
    centre = A.mean(axis=0, keepdims=True).T
    spread = ctranspose(var(A, 1))
    p = bellDensity(A, centre, spread)
    return centre, spread, p
