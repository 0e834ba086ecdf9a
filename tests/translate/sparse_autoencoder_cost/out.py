import numpy as np


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
    E = packed[: int(nHid * nVis)].reshape(int(nHid), int(nVis), order="F")
    D = packed[int(nHid * nVis) : int(2 * nHid * nVis)].reshape(
        int(nVis), int(nHid), order="F"
    )
    be = packed[int(2 * nHid * nVis) : int(2 * nHid * nVis + nHid)]
    bd = packed[int(2 * nHid * nVis + nHid) :]

    d, n = data.shape

    sh = E @ data + np.tile(be, (1, n))
    h = bend(sh)
    so = D @ h + np.tile(bd, (1, n))
    o = bend(so)

    average = 1 / n * h.sum(axis=1, keepdims=True)
    fit = 0.5 / n * ((o - data) ** 2).sum(axis=0).sum()
    size_ = 1 / 2 * ((E**2).sum(axis=0).sum() + (D**2).sum(axis=0).sum())
    divergence = (
        wanted * np.emath.log(wanted / average)
        + (1 - wanted) * np.emath.log((1 - wanted) / (1 - average))
    ).sum()
    cost = fit + decay * size_ + weight * divergence

    eo = -(data - o) * bendSlope(so)
    push = weight * (-wanted / average + (1 - wanted) / (1 - average))
    eh = (D.T @ eo + np.tile(push, (1, n))) * bendSlope(sh)

    dE = 1 / n * (eh @ data.T) + decay * E
    dD = 1 / n * (eo @ h.T) + decay * D
    dbe = eh.sum(axis=1, keepdims=True) * (1 / n)
    dbd = eo.sum(axis=1, keepdims=True) * (1 / n)

    slope = np.vstack(
        [dE.reshape(-1, 1, order="F"), dD.reshape(-1, 1, order="F"), dbe, dbd]
    )
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
