import numpy as np

from port.migrate.runtime import (
    COLON,
    ctranspose,
    full,
    index,
    max_,
    mtimes,
    sparse,
    sum_,
)


def softmaxCost(
    theta=None, numClasses=None, inputSize=None, lambda_=None, data=None, labels=None
):
    """Observed arguments:
    theta : (12, 1) float64
    numClasses : float
    inputSize : float
    lambda_ : float
    data : (4, 6) float64
    labels : (6, 1) float64
    """
    theta = theta.reshape(int(numClasses), int(inputSize), order="F")
    numCases = data.shape[1]
    groundTruth = full(sparse(labels, np.arange(1.0, numCases + 1)[np.newaxis], 1))
    cost = 0
    thetagrad = np.zeros((int(numClasses), int(inputSize)))

    M = theta @ data
    M = M - max_(M, np.zeros((0, 0)), 1)
    M = np.exp(M)
    p = M / sum_(M)

    cost = (
        mtimes(
            -1 / numCases * ctranspose(index(groundTruth, COLON)),
            np.log(p.reshape(-1, 1, order="F")),
        )
        + lambda_ / 2 * (theta.reshape(-1, 1, order="F") ** 2).sum()
    )
    thetagrad = -1 / numCases * (groundTruth - p) @ data.T + lambda_ * theta
    grad = thetagrad.reshape(-1, 1, order="F")
    return cost, grad
