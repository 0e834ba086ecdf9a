import numpy as np

from port.migrate.runtime import COLON, copied, ctranspose, index, logical


def indexingTour(A=None):
    """Observed arguments:
    A : (3, 4) float64
    """
    a = A[[-1]]
    b = A[:, [-1]].T
    c = A.reshape(-1, 1, order="F").T.copy()
    d = copied(index(A, 2, np.array([[3.0, 1.0]])))
    e = copied(ctranspose(index(A, A > 6)))
    f = index(A, A.size)
    g = A[1:, :2].copy()
    h = copied(index(A, COLON, logical(np.array([[1.0, 0.0, 1.0, 0.0]]))))
    k = copied(index(A, np.array([[1.0, 3.0]]), np.array([[4.0, 1.0]])))
    return a, b, c, d, e, f, g, h, k
