import numpy as np

from port.migrate.runtime import (
    COLON,
    assign,
    colon,
    copied,
    index,
    mrdivide,
    mtimes,
    numel,
    whole,
)


def rk4(f=None, tspan=None, y0=None, n=None):
    h = mrdivide(index(tspan, 2) - index(tspan, 1), n)
    t = colon(index(tspan, 1), h, index(tspan, 2))
    y = np.zeros((numel(y0), whole(n + 1)))
    y = assign(y, copied(index(y0, COLON)), COLON, 1)
    for k in range(1, whole(n) + 1):
        k1 = index(f, t[0, k - 1], index(y, COLON, k))
        k2 = index(f, t[0, k - 1] + h / 2, index(y, COLON, k) + mtimes(h / 2, k1))
        k3 = index(f, t[0, k - 1] + h / 2, index(y, COLON, k) + mtimes(h / 2, k2))
        k4 = index(f, t[0, k - 1] + h, index(y, COLON, k) + mtimes(h, k3))
        y = assign(
            y,
            index(y, COLON, k) + mtimes(h / 6, k1 + 2 * k2 + 2 * k3 + k4),
            COLON,
            k + 1,
        )
    return t, y
