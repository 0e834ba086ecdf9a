import numpy as np

from port.migrate.runtime import norm


def kernels(x1=None, x2=None, sigma=None):
    """Observed arguments:
    x1 : (1, 3) float64
    x2 : (1, 3) float64
    sigma : float
    """
    x1 = x1.reshape(-1, 1, order="F")
    x2 = x2.reshape(-1, 1, order="F")
    lin = (x1.T @ x2).item()
    gauss = np.exp(-((x1 - x2) ** 2).sum() / (2 * sigma**2))
    X = np.hstack([x1, x2]).T
    K = np.zeros((2, 2))
    for i in range(2):
        for j in range(i, 2):
            K[i, j] = np.exp(-(norm(X[[i]] - X[[j]]) ** 2) / (2 * sigma**2))
            K[j, i] = K[i, j]  # the matrix is symmetric
    return lin, gauss, K
