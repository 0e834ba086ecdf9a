import numpy as np

from port.migrate.runtime import assign, find, index, mean


def centreRated(Y=None, seen=None):
    """Observed arguments:
    Y : (3, 3) float64
    seen : (3, 3) float64
    """
    films, people = Y.shape
    centre = np.zeros((films, 1))
    C = np.zeros(Y.shape)
    for f in range(1, films + 1):
        rated = find(seen[[f - 1]] == 1)
        centre = assign(centre, mean(index(Y, f, rated)), f)
        C = assign(C, index(Y, f, rated) - centre[f - 1, 0], f, rated)
    return C, centre
