import numpy as np

from port.migrate.runtime import (
    COLON,
    cell_get,
    copied,
    horzcat,
    index,
    istrue,
    last,
    mtimes,
    put,
    rows,
    whole,
)


def nnapplygrads(nn=None):
    nn = copied(nn)
    for i in range(1, whole(nn.n - 1) + 1):
        if istrue(nn.weightPenaltyL2 > 0):
            dW = cell_get(nn.dW, i) + mtimes(
                nn.weightPenaltyL2,
                horzcat(
                    np.zeros((rows(cell_get(nn.W, i)), 1)),
                    index(
                        cell_get(nn.W, i),
                        COLON,
                        np.arange(2.0, last(cell_get(nn.W, i), 2, 2) + 1)[np.newaxis],
                    ),
                ),
            )
        else:
            dW = cell_get(nn.dW, i)
        dW = mtimes(nn.learningRate, dW)
        if istrue(nn.momentum > 0):
            nn = put(nn, mtimes(nn.momentum, cell_get(nn.vW, i)) + dW, "vW", [i])
            dW = cell_get(nn.vW, i)
        nn = put(nn, cell_get(nn.W, i) - dW, "W", [i])
    return nn
