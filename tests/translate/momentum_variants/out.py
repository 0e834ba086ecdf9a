import numpy as np

from port.migrate.runtime import first, index, size, vertcat


def momenta(w0=None, steps=None):
    """Observed arguments:
    w0 : (2, 1) float64
    steps : float
    """

    def grad(w):
        return vertcat(2 * index(w, 1), 20 * index(w, 2))

    w1 = w0.copy()
    v1 = np.zeros(w0.shape)
    w2 = w0.copy()
    v2 = v1
    w3 = w0.copy()
    s3 = v1
    trace_ = np.zeros((w0.size, int(steps)))
    for t in range(int(steps)):
        v1 = 0.9 * v1 - 0.02 * first(grad(w1))
        w1 = w1 + v1
        ahead = w2 + 0.9 * v2
        v2 = 0.9 * v2 - 0.02 * first(grad(ahead))
        w2 = w2 + v2
        g = first(grad(w3))
        s3 = 0.9 * s3 + 0.1 * g**2
        w3 = w3 - 0.05 * g / np.sqrt(s3 + 1e-08)
        trace_[:, [t]] = w1
    return w1, w2, w3, trace_
