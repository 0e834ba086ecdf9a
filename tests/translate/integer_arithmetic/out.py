import numpy as np

from port.migrate.runtime import (
    double,
    idivide,
    index,
    int32,
    int8,
    minus,
    plus,
    rdivide,
    times,
    uint8,
)


def intMath(x=None):
    """Observed arguments:
    x : (1, 3) float64
    """
    a = int32(x)
    b = rdivide(a, int32(2))
    c = idivide(a, int32(2), "floor")
    d = plus(int8(100), int8(100))
    e = minus(uint8(3), uint8(5))
    f = times(a, int32(np.array([[2.0, 2.0, 2.0]])))
    g = double(index(a, 1)) / 2
    return a, b, c, d, e, f, g
