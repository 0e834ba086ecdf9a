import numpy as np

from port.migrate.runtime import assign


def shadow(x=None):
    """variables with names of built-in functions and of Python

    Observed arguments:
    x : (1, 3) float64
    """
    i = None
    sum = 0
    for i in range(1, x.size + 1):
        sum = sum + x[0, i - 1]
    max = x[0, 0]
    lambda_ = 2
    list = np.array([[lambda_, sum, max]], dtype=float)
    in_ = list[0, 0]
    is_ = list[0, 1]
    print = in_ + is_
    list = assign(list, print, list.size + 1)
    len = list.size
    list = assign(list, len, len + 1)
    return sum, max, i, list
