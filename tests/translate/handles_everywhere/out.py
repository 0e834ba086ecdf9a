from types import SimpleNamespace

import numpy as np

from port.migrate.runtime import COLON, assign, first, index, max_, min_


def handles(v=None):
    """Observed arguments:
    v : (1, 3) float64
    """
    fs = [np.sin, lambda x: x**2, mySquare]
    a = np.zeros((len(fs), v.size))
    for i in range(1, len(fs) + 1):
        a = assign(a, index(fs[i - 1], v), i, COLON)
    s = SimpleNamespace(act=np.tanh)
    s.deriv = lambda y: 1 - y**2
    b = index(s.deriv, index(s.act, v))
    k = 3

    def scale(x, *, k=k):
        return k * x

    k = 100
    c = scale(2)

    def compose(f, g):
        return lambda x: index(f, index(g, x))

    d = index(first(compose(np.emath.sqrt, np.abs)), -16)
    e = max_(v) + min_(v)
    return a, b, c, d, e


def mySquare(x=None):
    """Observed arguments:
    x : (1, 3) float64
    """
    y = x * x + 1
    return y
