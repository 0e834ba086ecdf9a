import numpy as np


def sigmoid(v):
    return 1 / (1 + np.exp(-v))


def lstm_parts(W, x, h0, c0, dh, dc):
    n = h0.shape[0]
    xh = np.vstack([x, h0])
    z = W @ xh
    i, f, o = (sigmoid(z[k * n : (k + 1) * n]) for k in range(3))
    g = np.tanh(z[3 * n :])
    c = f * c0 + i * g
    dc = dc + dh * o * (1 - np.tanh(c) ** 2)
    dz = np.empty_like(z)
    dz[:n] = dc * g * i * (1 - i)
    dz[n : 2 * n] = dc * c0 * f * (1 - f)
    dz[2 * n : 3 * n] = dh * np.tanh(c) * o * (1 - o)
    dz[3 * n :] = dc * i * (1 - g**2)
    dW = dz @ xh.T
    dxh = W.T @ dz
    return dW, dxh[: len(x)], dxh[len(x) :], dc * f
