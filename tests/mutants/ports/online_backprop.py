import numpy as np


def activate(x, W, b):
    return 1.0 / (1.0 + np.exp(-(W @ x + b)))


def train_once(Wh, Wo, bh, bo, inputs, targets, rate):
    for k in range(inputs.shape[1]):
        x = inputs[:, [k]]
        t = targets[:, [k]]
        hidden = activate(x, Wh, bh)
        out = activate(hidden, Wo, bo)
        err_out = out * (1 - out) * (out - t)
        err_hid = hidden * (1 - hidden) * (Wo.T @ err_out)
        Wh = Wh - rate * err_hid @ x.T
        Wo = Wo - rate * err_out @ hidden.T
        bh = bh - rate * err_hid
        bo = bo - rate * err_out
    return Wh, Wo, bh, bo
