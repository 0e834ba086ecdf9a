import numpy as np


def sigm(P=None):
    """Observed arguments:
    P : (2, 3) float64
    """
    X = 1 / (1 + np.exp(-P))
    return X
