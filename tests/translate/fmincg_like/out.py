import numpy as np

from port.migrate.runtime import optimset
from bowl import bowl
from followConjugates import followConjugates


def runConjugates(A=None, b=None, steps=None):
    """Observed arguments:
    A : (3, 3) float64
    b : (3, 1) float64
    steps : float
    """
    options = optimset("MaxIter", steps)
    x, path, k = followConjugates(bowl, np.zeros((b.size, 1)), options, A, b)
    return x, path, k
