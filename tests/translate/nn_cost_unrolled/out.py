import numpy as np

from port.migrate.runtime import (
    COLON,
    assign,
    colon,
    ctranspose,
    horzcat,
    index,
    last,
    mtimes,
    reshape,
    size,
    sum_,
    vertcat,
    zeros,
)
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
    V1 = reshape(index(packed, colon(1, nHidden * (nIn + 1))), nHidden, nIn + 1)

    V2 = reshape(
        index(packed, colon(1 + nHidden * (nIn + 1), packed.size)), nOut, nHidden + 1
    )

    n = X.shape[0]

    cost = 0
    dV1 = zeros(size(V1))
    dV2 = zeros(size(V2))

    in_ = np.hstack([np.ones((n, 1)), X])
    s2 = mtimes(in_, ctranspose(V1))
    hid = horzcat(np.ones((n, 1)), squash(s2))
    s3 = mtimes(hid, ctranspose(V2))
    out = squash(s3)

    rows_ = np.eye(int(nOut))
    T = index(rows_, labels, COLON)

    cost = sum_(sum_(-T * np.emath.log(out) - (1 - T) * np.emath.log(1 - out))) / n
    cost = cost + lambda_ / (2 * n) * (
        sum_(sum_(index(V1, COLON, colon(2, last(V1, 2, 2))) ** 2))
        + sum_(sum_(index(V2, COLON, colon(2, last(V2, 2, 2))) ** 2))
    )

    err3 = out - T
    err2 = mtimes(err3, index(V2, COLON, colon(2, last(V2, 2, 2)))) * squashSlope(s2)

    dV2 = mtimes(ctranspose(err3), hid) / n
    dV1 = mtimes(ctranspose(err2), in_) / n

    dV1 = assign(
        dV1,
        index(dV1, COLON, colon(2, last(dV1, 2, 2)))
        + lambda_ / n * index(V1, COLON, colon(2, last(V1, 2, 2))),
        COLON,
        colon(2, last(dV1, 2, 2)),
    )
    dV2 = assign(
        dV2,
        index(dV2, COLON, colon(2, last(dV2, 2, 2)))
        + lambda_ / n * index(V2, COLON, colon(2, last(V2, 2, 2))),
        COLON,
        colon(2, last(dV2, 2, 2)),
    )

    # pack again
    slope = vertcat(index(dV1, COLON), index(dV2, COLON))
    return cost, slope
