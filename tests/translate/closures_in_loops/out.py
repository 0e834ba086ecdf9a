import numpy as np

from port.migrate.runtime import cell, cell_set, first, horzcat, index, mpower


def closures(n=None):
    """Observed arguments:
    n : float
    """
    fs = cell(1, n)
    for k in range(1, int(n) + 1):
        fs = cell_set(fs, lambda x, *, k=k: mpower(x, k) + n, k)
    v = np.zeros((1, int(n)))
    for k in range(1, int(n) + 1):
        v[0, k - 1] = index(fs[k - 1], 2)

    def acc(f, z):
        return index(f, index(f, z))

    w = first(acc(lambda t: 2 * t + 1, 3))

    def g():
        return 42

    w = horzcat(w, g())
    return v, w
