import numpy as np

from port.migrate.runtime import (
    COLON,
    cell,
    cell_set,
    copied,
    index,
    mean,
    rand,
    randperm,
)


def miniBatches(X=None, batchSize=None, epochs=None):
    """Observed arguments:
    X : (2, 7) float64
    batchSize : float
    epochs : float
    """
    order = None
    rand("twister", 3)
    N = X.shape[1]
    numBatches = np.ceil(N / batchSize)
    batches = cell(1, numBatches)
    W = np.zeros((X.shape[0], 1))
    for e in range(1, int(epochs) + 1):
        order = randperm(N)
        for b in range(1, int(numBatches) + 1):
            idx = order[:, int((b - 1) * batchSize) : int(np.fmin(b * batchSize, N))]
            batches = cell_set(batches, copied(index(X, COLON, idx)), b)
            W = W + 0.1 * mean(batches[b - 1], 2)
    return order, batches, W
