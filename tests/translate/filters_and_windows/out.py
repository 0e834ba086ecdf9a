import numpy as np

from port.migrate.runtime import conv, cumsum, filter_


def smoothing(x=None, n=None):
    """Observed arguments:
    x : (1, 6) float64
    n : float
    """
    a = filter_(np.ones((1, int(n))) / n, 1, x)
    b = conv(x, np.ones((1, int(n))) / n, "same")
    c = cumsum(x) / np.arange(1.0, x.size + 1)[np.newaxis]
    return a, b, c
