import numpy as np

from port.migrate.runtime import assign
from defaults import defaults


def callDefaults(x=None):
    """Observed arguments:
    x : float
    """
    r = None
    counts = None
    value1, value2 = defaults(x)
    r = assign(r, value1, 1)
    counts = assign(counts, value2, 1)
    value3, value4 = defaults(x, 3)
    r = assign(r, value3, 2)
    counts = assign(counts, value4, 2)
    value5, value6 = defaults(x, 3, np.zeros((0, 0)))
    r = assign(r, value5, 3)
    counts = assign(counts, value6, 3)
    value7, value8 = defaults(x, 3, 1)
    r = assign(r, value7, 4)
    counts = assign(counts, value8, 4)
    value9, value10 = defaults()
    r = assign(r, value9, 5)
    counts = assign(counts, value10, 5)
    return r, counts
