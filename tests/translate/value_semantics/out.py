import numpy as np

from port.migrate.runtime import COLON, assign, copied, index, last, put, sort


def values(x=None):
    s = None
    a = copied(x)
    b = copied(a)
    b = assign(b, 100, 1)
    c = [copied(a), copied(b)]
    d = copied(c)
    d = put(d, -1, [1], (2,))
    s = put(s, copied(a), "v")
    t = copied(s)
    t = put(t, 0, "v", (3,))
    x = change(x)
    a = assign(a, copied(index(x, 1)), last(a))
    return a, b, c, d, s, t


def change(y=None):
    y = np.atleast_2d(y)
    y = copied(y)
    y = assign(y, index(y, 1) + 1, 1)
    y = assign(y, sort(y, "descend"), COLON)
    return y
