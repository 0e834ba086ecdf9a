import numpy as np


def square_unrolled(p, X, y, n):
    n = int(n)
    W = p[: n * n].reshape(n, n, order="F")
    b = p[n * n :].reshape(-1, 1)
    z = W @ X + b
    a = 1 / (1 + np.exp(-z))
    d = a - y
    J = np.sum(d**2) / 2
    s = d * a * (1 - a)
    gW = s @ X.T
    gb = np.sum(s, axis=1, keepdims=True)
    g = np.concatenate([gW.reshape(-1, 1, order="F"), gb])
    return J, g
