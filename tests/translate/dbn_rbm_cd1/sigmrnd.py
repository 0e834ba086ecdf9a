import numpy as np


def sigmrnd(P=None):
    """Observed arguments:
    P : (2, ?) float64
    """
    X = (1 / (1 + np.exp(-P)) > 0.5).astype(float)
    return X
