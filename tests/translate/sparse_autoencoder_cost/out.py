import numpy as np

from port.migrate.runtime import (
    COLON,
    colon,
    ctranspose,
    index,
    mtimes,
    repmat,
    reshape,
    sum_,
    vertcat,
)


def sparseCoderCost(
    packed=None, nVis=None, nHid=None, decay=None, wanted=None, weight=None, data=None
):
    """everything comes in one column: encoder, decoder, both biases

    Observed arguments:
    packed : (31, 1) float64
    nVis : float
    nHid : float
    decay : float
    wanted : float
    weight : float
    data : (4, 5) float64
    """
    E = reshape(index(packed, colon(1, nHid * nVis)), nHid, nVis)
    D = reshape(index(packed, colon(nHid * nVis + 1, 2 * nHid * nVis)), nVis, nHid)
    be = index(packed, colon(2 * nHid * nVis + 1, 2 * nHid * nVis + nHid))
    bd = index(packed, colon(2 * nHid * nVis + nHid + 1, packed.size))

    d, n = data.shape

    sh = mtimes(E, data) + repmat(be, 1, n)
    h = bend(sh)
    so = mtimes(D, h) + repmat(bd, 1, n)
    o = bend(so)

    average = 1 / n * sum_(h, 2)
    fit = 0.5 / n * ((o - data) ** 2).sum()
    size_ = 1 / 2 * (sum_(sum_(E**2)) + sum_(sum_(D**2)))
    divergence = sum_(
        wanted * np.emath.log(wanted / average)
        + (1 - wanted) * np.emath.log((1 - wanted) / (1 - average))
    )
    cost = fit + decay * size_ + weight * divergence

    eo = -(data - o) * bendSlope(so)
    push = weight * (-wanted / average + (1 - wanted) / (1 - average))
    eh = (mtimes(ctranspose(D), eo) + repmat(push, 1, n)) * bendSlope(sh)

    dE = 1 / n * mtimes(eh, data.T) + decay * E
    dD = 1 / n * mtimes(eo, ctranspose(h)) + decay * D
    dbe = sum_(eh, 2) * (1 / n)
    dbd = eo.sum(axis=1, keepdims=True) * (1 / n)

    slope = vertcat(index(dE, COLON), index(dD, COLON), index(dbe, COLON), dbd)
    return cost, slope


def bend(x=None):
    """Observed arguments:
    x : (?, 5) float64
    """
    y = 1 / (1 + np.exp(-x))
    return y


def bendSlope(x=None):
    """Observed arguments:
    x : (?, 5) float64
    """
    y = bend(x) * (1 - bend(x))
    return y
