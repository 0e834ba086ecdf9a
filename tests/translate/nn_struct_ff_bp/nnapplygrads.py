import numpy as np

from port.migrate.runtime import cell_get, copied, put


def nnapplygrads(nn=None):
    """Observed arguments:
    nn : struct
    """
    nn = copied(nn)
    for i in range(1, int(nn.n - 1) + 1):
        if nn.weightPenaltyL2 > 0:
            dW = cell_get(nn.dW, i) + nn.weightPenaltyL2 * np.hstack(
                [np.zeros((cell_get(nn.W, i).shape[0], 1)), cell_get(nn.W, i)[:, 1:]]
            )
        else:
            dW = cell_get(nn.dW, i)
        dW = nn.learningRate * dW
        if nn.momentum > 0:
            nn = put(nn, nn.momentum * cell_get(nn.vW, i) + dW, "vW", [i])
            dW = cell_get(nn.vW, i)
        nn = put(nn, cell_get(nn.W, i) - dW, "W", [i])
    return nn
