import numpy as np

from port.migrate.runtime import cell_get, copied, put


def nnapplygrads(nn=None):
    nn = copied(nn)
    for i in range(1, int(nn.n - 1) + 1):
        if nn.weightPenaltyL2 > 0:
            dW = nn.dW[i - 1] + nn.weightPenaltyL2 * np.hstack(
                [np.zeros((nn.W[i - 1].shape[0], 1)), nn.W[i - 1][:, 1:]]
            )
        else:
            dW = nn.dW[i - 1]
        dW = nn.learningRate * dW
        if nn.momentum > 0:
            nn = put(nn, nn.momentum * nn.vW[i - 1] + dW, "vW", [i])
            dW = cell_get(nn.vW, i)
        nn = put(nn, nn.W[i - 1] - dW, "W", [i])
    return nn
