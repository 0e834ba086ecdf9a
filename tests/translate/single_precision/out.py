import numpy as np

from port.migrate.runtime import class_, double, plus, rdivide, single, times


def singlePrec(x=None):
    """Observed arguments:
    x : (2, 2) float64
    """
    a = rdivide(single(x), 3)
    b = times(a, np.pi)
    c = class_(plus(b, 1))
    d = double(a) - x / 3
    return a, b, c, d
