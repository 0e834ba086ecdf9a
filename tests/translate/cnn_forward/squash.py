import numpy as np


def squash(x=None):
    """Observed arguments:
    x : float64
    """
    s = 1 / (1 + np.exp(-x))
    return s
