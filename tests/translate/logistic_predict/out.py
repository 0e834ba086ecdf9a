import numpy as np

from port.migrate.runtime import assign


def predict(theta=None, X=None):
    """Observed arguments:
    theta : (3, 1) float64
    X : (4, 3) float64
    """
    m = X.shape[0]  # Number of training examples
    p = np.zeros((m, 1))
    for i in range(1, m + 1):
        s = 1 / (1 + np.exp(-(X[[i - 1]] @ theta).item()))
        if s >= 0.5:
            p = assign(p, 1, i)
        else:
            p = assign(p, 0, i)
    return p
