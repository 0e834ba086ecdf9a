import numpy as np

from port.migrate.runtime import assign, max_, min_


def scaling(X=None):
    """Observed arguments:
    X : (3, 3) float64
    """
    lo = min_(X, dim=1)
    hi = max_(X, dim=1)
    a = (X - lo) / (hi - lo)
    b = 2 * a - 1
    b = assign(b, 0.99, b > 0.99)
    b = assign(b, 0, np.isnan(b))
    return a, b, lo, hi
