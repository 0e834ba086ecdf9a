import numpy as np


def bptt(U, V, O, xs, targets):
    steps = xs.shape[1]
    states = {-1: np.zeros(V.shape[0])}
    outs = {}
    total = 0.0
    for t in range(steps):
        states[t] = np.tanh(U @ xs[:, t] + V @ states[t - 1])
        outs[t] = O @ states[t]
        total += 0.5 * np.sum((outs[t] - targets[:, t]) ** 2)
    gU = np.zeros_like(U)
    gV = np.zeros_like(V)
    gO = np.zeros_like(O)
    carry = np.zeros(V.shape[0])
    for t in reversed(range(steps)):
        e = outs[t] - targets[:, t]
        gO += np.outer(e, states[t])
        back = O.T @ e + carry
        pre = (1 - states[t] ** 2) * back
        gU += np.outer(pre, xs[:, t])
        gV += np.outer(pre, states[t - 1])
        carry = V.T @ pre
    return total, gU, gV, gO
