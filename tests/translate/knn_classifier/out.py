import numpy as np

from port.migrate.runtime import assign, index, max_, numel, size, sort, unique, zeros


def knn(Xtrain=None, ytrain=None, Xtest=None, k=None):
    """Observed arguments:
    Xtrain : (6, 2) float64
    ytrain : (6, 1) float64
    Xtest : (3, 2) float64
    k : float
    """
    n = Xtest.shape[0]
    labels = np.zeros((n, 1))
    for i in range(1, n + 1):
        d = np.sqrt(((Xtrain - Xtest[[i - 1]]) ** 2).sum(axis=1, keepdims=True))
        _, order = sort(d, nargout=2)
        nearest = index(ytrain, order[: int(k)])
        classes = unique(nearest)
        votes = zeros(size(classes))
        for c in range(1, numel(classes) + 1):
            votes = assign(votes, (nearest == index(classes, c)).sum(), c)
        _, best = max_(votes, nargout=2)
        labels = assign(labels, index(classes, best), i)
    return labels
