import numpy as np

from port.migrate.runtime import COLON, copied, delete, eq


def deletions(x=None, A=None):
    """Observed arguments:
    x : (1, 7) float64
    A : (4, 4) float64
    """
    x = copied(x)
    A = copied(A)
    x = delete(x, x < 0)
    x = delete(x, x.size)
    B = A.copy()
    A = delete(A, 2, COLON)
    A = delete(A, COLON, np.array([[1.0, 3.0]]))
    B = delete(B, COLON)
    s = "hello world"
    s = delete(s, eq(s, "o"))
    c = [1, "two", 3]
    c = delete(c, 2)
    return x, A, B, s, c
