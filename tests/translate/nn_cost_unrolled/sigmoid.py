import numpy as np


def sigmoid(z=None):
    g = 1 / (1 + np.exp(-z))
    return g
