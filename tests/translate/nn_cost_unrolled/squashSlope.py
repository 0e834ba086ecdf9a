import numpy as np
from squash import squash


def squashSlope(x=None):
    """Observed arguments:
    x : (5, 4) float64
    """
    d = np.zeros(x.shape)
    d = squash(x) * (1 - squash(x))
    return d
