import numpy as np

from port.migrate.runtime import optimset
from minimizeCg import minimizeCg
from quadraticCost import quadraticCost


def runCg(A=None, b=None, steps=None):
    """Observed arguments:
    A : (3, 3) float64
    b : (3, 1) float64
    steps : float
    """
    options = optimset("MaxIter", steps)
    X, fX, i = minimizeCg(quadraticCost, np.zeros((b.size, 1)), options, A, b)
    return X, fX, i
