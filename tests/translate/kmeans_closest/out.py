import numpy as np

from port.migrate.runtime import COLON, assign, index, istrue, rows, sum_


def findClosestCentroids(X=None, centroids=None):
    K = rows(centroids)
    idx = np.zeros((rows(X), 1))
    for i in range(1, rows(X) + 1):
        best = np.inf
        for k in range(1, K + 1):
            d = sum_((index(X, i, COLON) - index(centroids, k, COLON)) ** 2)
            if istrue(d < best):
                best = d
                idx = assign(idx, k, i)
    return idx
