import numpy as np

from port.migrate.runtime import COLON, assign, index, mean


def computeCentroids(X=None, idx=None, K=None):
    """Observed arguments:
    X : (5, 2) float64
    idx : (5, 1) float64
    K : float
    """
    m, n = X.shape
    centroids = np.zeros((int(K), n))
    for k in range(1, int(K) + 1):
        members = index(X, idx == k, COLON)
        centroids = assign(centroids, mean(members, 1), k, COLON)
    return centroids
