import numpy as np

from port.migrate.runtime import COLON, horzcat, index
from squash import squash
from squashSlope import squashSlope


def twoLayerCost(
    packed=None, nIn=None, nHidden=None, nOut=None, X=None, labels=None, lambda_=None
):
    """TWOLAYERCOST  cross-entropy and its slope for a net with one hidden layer
    whose weights come packed in one column

    Observed arguments:
    packed : (31, 1) float64
    nIn : float
    nHidden : float
    nOut : float
    X : (5, 3) float64
    labels : (5, 1) float64
    lambda_ : float
    """

    # unpack both weight matrices
    V1 = packed[: int(nHidden * (nIn + 1))].reshape(
        int(nHidden), int(nIn + 1), order="F"
    )

    V2 = packed[int(nHidden * (nIn + 1)) :].reshape(
        int(nOut), int(nHidden + 1), order="F"
    )

    n = X.shape[0]

    cost = 0
    dV1 = np.zeros(V1.shape)
    dV2 = np.zeros(V2.shape)

    in_ = np.hstack([np.ones((n, 1)), X])
    s2 = in_ @ V1.T
    hid = horzcat(np.ones((n, 1)), squash(s2))
    s3 = hid @ V2.T
    out = squash(s3)

    rows_ = np.eye(int(nOut))
    T = index(rows_, labels, COLON)

    cost = (-T * np.emath.log(out) - (1 - T) * np.emath.log(1 - out)).sum(
        axis=0
    ).sum() / n
    cost = cost + lambda_ / (2 * n) * (
        (V1[:, 1:] ** 2).sum(axis=0).sum() + (V2[:, 1:] ** 2).sum(axis=0).sum()
    )

    err3 = out - T
    err2 = (err3 @ V2[:, 1:]) * squashSlope(s2)

    dV2 = (err3.T @ hid) / n
    dV1 = (err2.T @ in_) / n

    dV1[:, 1:] = dV1[:, 1:] + lambda_ / n * V1[:, 1:]
    dV2[:, 1:] = dV2[:, 1:] + lambda_ / n * V2[:, 1:]

    # pack again
    slope = np.vstack([dV1.reshape(-1, 1, order="F"), dV2.reshape(-1, 1, order="F")])
    return cost, slope
