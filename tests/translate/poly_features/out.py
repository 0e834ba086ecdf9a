import numpy as np

from port.migrate.runtime import COLON, assign, power


def polyFeatures(X=None, p=None):
    """maps X (1D vector) into the p-th power

    Observed arguments:
    X : (1, 4) float64
    p : float
    """
    X_poly = np.zeros((X.size, int(p)))
    for i in range(1, int(p) + 1):
        X_poly = assign(X_poly, power(X.reshape(-1, 1, order="F"), i), COLON, i)
    return X_poly
