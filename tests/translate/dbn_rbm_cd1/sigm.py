import numpy as np


def sigm(P=None):
    X = 1 / (1 + np.exp(-P))
    return X
