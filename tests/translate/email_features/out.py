import numpy as np

from port.migrate.runtime import assign


def bagOfWords(places=None):
    """Observed arguments:
    places : (1, 5) float64
    """
    n = 12
    x = np.zeros((n, 1))
    x = assign(x, 1, places)
    return x
