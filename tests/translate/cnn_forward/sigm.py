import numpy as np


def sigm(P=None):
    X = 1 / (1 + np.exp(-1 * P))
    return X
