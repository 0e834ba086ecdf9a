import numpy as np

from port.migrate.runtime import COLON, assign, eq, horzcat, index, istrue, min_


def editDistance(a=None, b=None):
    """Observed arguments:
    a : str
    b : str
    """
    m = len(a)
    n = len(b)
    D = np.zeros((m + 1, n + 1))
    D = assign(D, np.arange(0.0, m + 1)[np.newaxis].T, COLON, 1)
    D = assign(D, np.arange(0.0, n + 1)[np.newaxis], 1, COLON)
    for i in range(2, m + 2):
        for j in range(2, n + 2):
            cost = np.logical_not(eq(index(a, i - 1), index(b, j - 1)))
            D = assign(
                D,
                min_(
                    horzcat(
                        D[i - 2, j - 1] + 1, D[i - 1, j - 2] + 1, D[i - 2, j - 2] + cost
                    )
                ),
                i,
                j,
            )
    d = D[-1, -1]
    ops = ""
    i = m + 1
    j = n + 1
    while i > 1 or j > 1:
        if i > 1 and index(D, i, j) == index(D, i - 1, j) + 1:
            ops = "D" + ops
            i = i - 1
        elif j > 1 and index(D, i, j) == index(D, i, j - 1) + 1:
            ops = "I" + ops
            j = j - 1
        else:
            if istrue(eq(index(a, i - 1), index(b, j - 1))):
                ops = "=" + ops
            else:
                ops = "S" + ops
            i = i - 1
            j = j - 1
    return d, D, ops
