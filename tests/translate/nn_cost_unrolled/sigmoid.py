import numpy as np


def sigmoid(z=None):
    """Observed arguments:
    z : (5, ?) float64
    """
    g = 1 / (1 + np.exp(-z))
    return g
