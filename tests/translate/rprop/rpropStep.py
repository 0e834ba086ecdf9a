import numpy as np

from port.migrate.runtime import assign, copied, index


def rpropStep(w=None, g=None, gprev=None, delta=None):
    """Observed arguments:
    w : (2, 2) float64
    g : (2, 2) float64
    gprev : (2, 2) float64
    delta : (2, 2) float64
    """
    w = copied(w)
    g = copied(g)
    gprev = copied(gprev)
    delta = copied(delta)
    etaplus = 1.2
    etaminus = 0.5
    dmax = 50
    dmin = 1e-06
    s = np.sign(g * gprev)
    up = s > 0
    down = s < 0
    same = ~up & ~down
    delta = assign(delta, np.fmin(index(delta, up) * etaplus, dmax), up)
    delta = assign(delta, np.fmax(index(delta, down) * etaminus, dmin), down)
    g = assign(g, 0, down)
    w = w - np.sign(g) * delta
    gprev = g.copy()
    delta = assign(delta, index(delta, same) * 1, same)
    return w, delta, gprev
