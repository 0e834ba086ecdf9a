import numpy as np

from port.migrate.runtime import conv, interp1, polyfit, polyval, roots, sort, trapz


def curves(x=None, y=None):
    """Observed arguments:
    x : (1, 5) float64
    y : (1, 5) float64
    """
    p = polyfit(x, y, 2)
    yh = polyval(p, x)
    yi = interp1(x, y, np.array([[1.5, 2.5]]))
    r = sort(roots(np.array([[1.0, -6.0, 11.0, -6.0]])))
    q = conv(np.array([[1.0, 2.0]]), np.array([[1.0, 3.0]]))
    area = trapz(x, y)
    return p, yh, yi, r, q, area
