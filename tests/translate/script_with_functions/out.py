import numpy as np


def square(x=None):
    """Observed arguments:
    x : (1, 3) float64
    """
    y = x**2
    return y


def sumprod(x=None):
    """Observed arguments:
    x : (1, 3) float64
    """
    s = x.sum()
    p = x.prod()
    return s, p


ans = 1
v = square(np.array([[1.0, 2.0, 3.0]]))
s, p = sumprod(v)
