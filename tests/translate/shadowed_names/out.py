import numpy as np

from port.migrate.runtime import assign, index, length, numel


def shadow(x=None):
    """variables with names of built-in functions and of Python"""
    x = np.atleast_2d(x)
    i = None
    sum = 0
    for i in range(1, length(x) + 1):
        sum = sum + index(x, i)
    max = index(x, 1)
    lambda_ = 2
    list = np.array([[lambda_, sum, max]], dtype=float)
    in_ = list[0, 0]
    is_ = list[0, 1]
    print = in_ + is_
    list = assign(list, print, list.size + 1)
    len = numel(list)
    list = assign(list, len, len + 1)
    return sum, max, i, list
