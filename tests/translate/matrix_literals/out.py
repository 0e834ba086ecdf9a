import numpy as np

from port.migrate.runtime import cell_array


def literals(x=None):
    """Observed arguments:
    x : (2, 1) float64
    """
    A = np.vstack(
        [
            np.hstack([[[1]], [[-2 + 3]], x.T, [[-x[0, 0]]]]),
            np.hstack([[[4]], [[5]], np.array([[6.0, 7.0]]), [[0]]]),
        ]
    )
    B = np.vstack([x, [[x[0, 0]]]])
    C = np.array([[x[0, 0], x[1, 0], -x[0, 0]]], dtype=float)
    D = np.array([[1 - 1, 2.0, -1.0, 3.0, 32.0]])
    E = cell_array([1, np.array([[1.0, 2.0, 3.0]]), "a", []], (2, 2))
    F = np.vstack(
        [np.hstack([np.ones((2, 1)), np.eye(2)]), np.arange(1.0, 4)[np.newaxis]]
    )
    return A, B, C, D, E, F
