import numpy as np

from port.migrate.runtime import (
    COLON,
    assign,
    copied,
    ctranspose,
    fprintf,
    index,
    isempty,
    istrue,
    mean,
    min_,
    mtimes,
    sum_,
)


def runkMeans(X=None, initial_centroids=None, max_iters=None, plot_progress=None):
    """Observed arguments:
    X : (7, 2) float64
    initial_centroids : (3, 2) float64
    max_iters : float
    """
    if plot_progress is None or isempty(plot_progress):
        plot_progress = False
    m, n = X.shape
    K = initial_centroids.shape[0]
    centroids = initial_centroids.copy()
    previous_centroids = centroids.copy()
    idx = np.zeros((m, 1))
    for i in range(1, int(max_iters) + 1):
        # distances by implicit expansion
        D = (
            (X**2).sum(axis=1, keepdims=True)
            + ctranspose(sum_(centroids**2, 2))
            - mtimes(2 * X, ctranspose(centroids))
        )
        _, idx = min_(D, np.zeros((0, 0)), 2, nargout=2)
        if istrue(plot_progress):
            fprintf("K-Means iteration %d/%d...\\n", i, max_iters)
        previous_centroids = copied(centroids)
        for k in range(1, K + 1):
            if (idx == k).any():
                centroids = assign(
                    centroids, mean(index(X, idx == k, COLON), 1), k, COLON
                )
    return centroids, idx
