import numpy as np

from port.migrate.runtime import mtimes
from rk4 import rk4


def oscillator(omega=None, n=None):
    """Observed arguments:
    omega : float
    n : float
    """
    A = np.array([[0, 1], [-(omega**2), 0]], dtype=float)
    t, y = rk4(
        lambda t, y: mtimes(A, y), np.array([[0.0, 1.0]]), np.array([[1.0, 0.0]]), n
    )
    return t, y
