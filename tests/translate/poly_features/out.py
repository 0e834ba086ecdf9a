import numpy as np

from port.migrate.runtime import COLON, assign, power, whole


def polyFeatures(X=None, p=None):
    """maps X (1D vector) into the p-th power"""
    X = np.atleast_2d(X)
    X_poly = np.zeros((X.size, whole(p)))
    for i in range(1, whole(p) + 1):
        X_poly = assign(X_poly, power(X.reshape(-1, 1, order="F"), i), COLON, i)
    return X_poly
