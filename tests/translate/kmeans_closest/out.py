import numpy as np

from port.migrate.runtime import assign


def findClosestCentroids(X=None, centroids=None):
    """Observed arguments:
    X : (6, 2) float64
    centroids : (3, 2) float64
    """
    K = centroids.shape[0]
    idx = np.zeros((X.shape[0], 1))
    for i in range(1, X.shape[0] + 1):
        best = np.inf
        for k in range(1, K + 1):
            d = ((X[[i - 1]] - centroids[[k - 1]]) ** 2).sum()
            if d < best:
                best = d
                idx = assign(idx, k, i)
    return idx
