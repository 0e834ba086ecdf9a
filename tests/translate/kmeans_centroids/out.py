import numpy as np

from port.migrate.runtime import COLON, assign, dimensions, index, mean, whole


def computeCentroids(X=None, idx=None, K=None):
    m, n = dimensions(X, 2)
    centroids = np.zeros((whole(K), n))
    for k in range(1, whole(K) + 1):
        members = index(X, idx == k, COLON)
        centroids = assign(centroids, mean(members, 1), k, COLON)
    return centroids
