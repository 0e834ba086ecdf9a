import numpy as np

from port.migrate.runtime import assign, colon, copied, index, istrue


def ifArrays(A=None, B=None):
    """Observed arguments:
    A : (2, 2) float64
    B : (2, 2) float64
    """
    B = copied(B)
    r = np.zeros((1, 6))
    if istrue(A):
        r[0, 0] = 1
    if istrue(B):
        r[0, 1] = 1
    if istrue(np.zeros((0, 0))):
        r[0, 2] = 1
    else:
        r[0, 2] = -1
    if istrue(A > 0):
        r[0, 3] = 1
    if istrue("text"):
        r[0, 4] = 1
    if istrue(A == B):
        r[0, 5] = 1
    elif index(A, 1) == index(B, 1):
        r[0, 5] = 2
    else:
        r[0, 5] = 3
    while istrue(index(B, colon(1, 2))):
        B = assign(B, index(B, 1) - 1, 1)
    r = assign(r, index(B, 1), r.size + 1)
    return r
