import numpy as np


def sigmrnd(P=None):
    X = (1 / (1 + np.exp(-P)) > 0.5).astype(float)
    return X
