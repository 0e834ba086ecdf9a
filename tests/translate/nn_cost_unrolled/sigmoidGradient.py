import numpy as np
from sigmoid import sigmoid


def sigmoidGradient(z=None):
    """Observed arguments:
    z : (5, 4) float64
    """
    g = np.zeros(z.shape)
    g = sigmoid(z) * (1 - sigmoid(z))
    return g
