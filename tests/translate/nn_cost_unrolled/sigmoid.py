import numpy as np


def sigmoid(z=None):
    g = 1 / (1 + np.exp(-1 * z))
    return g
