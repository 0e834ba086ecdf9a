import numpy as np

from port.migrate.runtime import COLON, copied, ctranspose, index, last, logical


def indexingTour(A=None):
    a = copied(index(A, last(A, 1, 2), COLON))
    b = copied(ctranspose(index(A, COLON, last(A, 2, 2))))
    c = copied(ctranspose(index(A, COLON)))
    d = copied(index(A, 2, np.array([[3.0, 1.0]])))
    e = copied(ctranspose(index(A, A > 6)))
    f = copied(index(A, last(A)))
    g = copied(
        index(
            A,
            np.arange(last(A, 1, 2) - 1, last(A, 1, 2) + 1, dtype=float)[np.newaxis],
            np.arange(1.0, 3)[np.newaxis],
        )
    )
    h = copied(index(A, COLON, logical(np.array([[1.0, 0.0, 1.0, 0.0]]))))
    k = copied(
        index(
            A,
            np.array([[1, last(A, 1, 2)]], dtype=float),
            np.array([[last(A, 2, 2), 1]], dtype=float),
        )
    )
    return a, b, c, d, e, f, g, h, k
