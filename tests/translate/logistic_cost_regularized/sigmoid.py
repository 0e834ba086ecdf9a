import numpy as np


def sigmoid(z=None):
    """SIGMOID Compute sigmoid function
       g = SIGMOID(z) computes the sigmoid of z.

    Observed arguments:
    z : (5, 1) float64
    """
    g = 1.0 / (1.0 + np.exp(-z))
    return g
