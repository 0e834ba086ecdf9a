import numpy as np

from port.migrate.runtime import (
    COLON,
    assign,
    cell,
    cell_get,
    cell_set,
    copied,
    ctranspose,
    index,
    mtimes,
    put,
    size,
    sum_,
)


def rnnStep(inputs=None, targets=None, Wxh=None, Whh=None, Why=None, hprev=None):
    """Observed arguments:
    inputs : (1, 4) float64
    targets : (1, 4) float64
    Wxh : (2, 3) float64
    Whh : (2, 2) float64
    Why : (3, 2) float64
    hprev : (2, 1) float64
    """
    T = inputs.size
    H = Wxh.shape[0]
    V = Wxh.shape[1]
    xs = cell(1, T)
    ys = cell(1, T)
    ps = cell(1, T)
    hs = np.zeros((H, T + 1))
    hs = assign(hs, hprev.copy(), COLON, 1)
    loss = 0
    for t in range(T):
        xs = cell_set(xs, np.zeros((V, 1)), t + 1)
        xs = put(xs, 1, [t + 1], (inputs[0, t],))
        hs = assign(
            hs,
            np.tanh(mtimes(Wxh, cell_get(xs, t + 1)) + Whh @ hs[:, [t]]),
            COLON,
            t + 2,
        )
        ys = cell_set(ys, Why @ hs[:, [t + 1]], t + 1)
        ps = cell_set(ps, np.exp(ys[t]) / sum_(np.exp(ys[t])), t + 1)
        loss = loss - np.emath.log(index(ps[t], targets[0, t]))
    dWxh = np.zeros(Wxh.shape)
    dWhh = np.zeros(Whh.shape)
    dWhy = np.zeros(Why.shape)
    dhnext = np.zeros((H, 1))
    for t in range(T - 1, -1, -1):
        dy = copied(ps[t])
        dy = assign(dy, index(dy, targets[0, t]) - 1, targets[0, t])
        dWhy = dWhy + dy @ hs[:, [t + 1]].T
        dh = Why.T @ dy + dhnext
        dhraw = (1 - hs[:, [t + 1]] ** 2) * dh
        dWxh = dWxh + mtimes(dhraw, ctranspose(cell_get(xs, t + 1)))
        dWhh = dWhh + dhraw @ hs[:, [t]].T
        dhnext = Whh.T @ dhraw
    return loss, dWxh, dWhh, dWhy, hs
