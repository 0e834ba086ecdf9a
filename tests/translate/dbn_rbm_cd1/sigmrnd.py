import numpy as np

from port.migrate.runtime import double


def sigmrnd(P=None):
    X = double(1 / (1 + np.exp(-1 * P)) > 0.5)
    return X
