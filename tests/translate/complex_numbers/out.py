import numpy as np

from port.migrate.runtime import isreal, power


def complexTour(a=None):
    """Observed arguments:
    a : (2, 2) float64
    """
    z = np.emath.sqrt(a)
    w = z.conj().T
    r = z.T
    q = np.abs(z) + np.real(z) * np.imag(z)
    p = power(-8, 1 / 3)
    m = np.conj(3 + 4.0j) * 2.0j
    t = np.array([[isreal(a), isreal(z), isreal(z * z)]])
    return z, w, r, q, p, m, t
