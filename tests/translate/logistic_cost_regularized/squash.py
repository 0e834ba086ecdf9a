import numpy as np


def squash(x=None):
    """SQUASH  from the real line into (0, 1)

    Observed arguments:
    x : (5, 1) float64
    """
    s = 1.0 / (1.0 + np.exp(-x))
    return s
