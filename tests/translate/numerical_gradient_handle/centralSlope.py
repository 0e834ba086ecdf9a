import numpy as np

from port.migrate.runtime import assign, first, size


def centralSlope(f=None, x=None):
    """CENTRALSLOPE  slope of a function by differences on both sides

    Observed arguments:
    f : handle
    x : (3, 1) float64
    """
    s = np.zeros(x.shape)
    nudge = np.zeros(x.shape)
    h = 0.0001
    for k in range(1, x.size + 1):
        nudge[k - 1, 0] = h
        low = first(f(x - nudge))
        high = first(f(x + nudge))
        s = assign(s, (high - low) / (2 * h), k)
        nudge[k - 1, 0] = 0
    return s
