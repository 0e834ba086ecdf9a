import numpy as np

from port.migrate.runtime import full, max_, mtimes, sparse, sum_


def manyClassCost(
    packed=None, classes=None, d=None, decay=None, data=None, labels=None
):
    """Observed arguments:
    packed : (12, 1) float64
    classes : float
    d : float
    decay : float
    data : (4, 6) float64
    labels : (6, 1) float64
    """
    V = packed.reshape(int(classes), int(d), order="F")
    n = data.shape[1]
    truth = full(sparse(labels, np.arange(1.0, n + 1)[np.newaxis], 1))
    cost = 0
    dV = np.zeros((int(classes), int(d)))

    score = V @ data
    score = score - max_(score, dim=1)
    score = np.exp(score)
    share = score / sum_(score)

    cost = (
        mtimes(
            -1 / n * truth.reshape(-1, 1, order="F").T,
            np.log(share.reshape(-1, 1, order="F")),
        )
        + decay / 2 * (V.reshape(-1, 1, order="F") ** 2).sum()
    )
    dV = -1 / n * (truth - share) @ data.T + decay * V
    slope = dV.reshape(-1, 1, order="F")
    return cost, slope
