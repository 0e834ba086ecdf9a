import numpy as np

from port.migrate.runtime import copied
from rpropStep import rpropStep


def runRprop(w=None):
    """Observed arguments:
    w : (2, 2) float64
    """
    w = copied(w)
    delta = 0.1 * np.ones(w.shape)
    gprev = np.zeros(w.shape)
    for k in range(1, 7):
        g = 2 * (w - np.array([[1.0, 2.0], [3.0, 4.0]]))
        w, delta, gprev = rpropStep(w, g, gprev, delta)
    return w, delta
