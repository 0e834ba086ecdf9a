import numpy as np

from port.migrate.runtime import COLON, assign, index, numel, power, whole


def polyFeatures(X=None, p=None):
    """maps X (1D vector) into the p-th power"""
    X_poly = np.zeros((numel(X), whole(p)))
    for i in range(1, whole(p) + 1):
        X_poly = assign(X_poly, power(index(X, COLON), i), COLON, i)
    return X_poly
