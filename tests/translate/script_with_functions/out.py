import numpy as np

from port.migrate.runtime import prod_, sum_


def square(x=None):
    y = x**2
    return y


def sumprod(x=None):
    s = sum_(x)
    p = prod_(x)
    return s, p


ans = 1
v = square(np.array([[1.0, 2.0, 3.0]]))
s, p = sumprod(v)
