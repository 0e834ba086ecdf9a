import numpy as np

from port.migrate.runtime import COLON, assign, colon, first


def rk4(f=None, tspan=None, y0=None, n=None):
    """Observed arguments:
    f : handle
    tspan : (1, 2) float64
    y0 : (1, 2) float64
    n : float
    """
    h = (tspan[0, 1] - tspan[0, 0]) / n
    t = colon(tspan[0, 0], h, tspan[0, 1])
    y = np.zeros((y0.size, int(n + 1)))
    y = assign(y, y0.reshape(-1, 1, order="F").copy(), COLON, 1)
    for k in range(int(n)):
        k1 = first(f(t[0, k], y[:, [k]]))
        k2 = first(f(t[0, k] + h / 2, y[:, [k]] + h / 2 * k1))
        k3 = first(f(t[0, k] + h / 2, y[:, [k]] + h / 2 * k2))
        k4 = first(f(t[0, k] + h, y[:, [k]] + h * k3))
        y = assign(y, y[:, [k]] + h / 6 * (k1 + 2 * k2 + 2 * k3 + k4), COLON, k + 2)
    return t, y
