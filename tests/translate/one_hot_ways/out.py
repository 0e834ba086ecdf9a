import numpy as np

from port.migrate.runtime import COLON, assign, colon, index, sub2ind


def oneHot(y=None, K=None):
    """Observed arguments:
    y : (4, 1) float64
    K : float
    """
    n = y.size
    A = np.zeros((n, int(K)))
    for i in range(1, n + 1):
        A = assign(A, 1, i, y[i - 1, 0])
    B = index(np.eye(int(K)), y, COLON)
    C = y == colon(1, K)
    D = np.zeros((int(K), n))
    D = assign(
        D,
        1,
        sub2ind(
            np.array([[K, n]], dtype=float), y.T, np.arange(1.0, n + 1)[np.newaxis]
        ),
    )
    return A, B, C, D
