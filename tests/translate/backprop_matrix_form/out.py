import numpy as np

from port.migrate.runtime import cell, cell_set, colon, ctranspose, mtimes


def backprop(X=None, Y=None, sizes=None, eta=None, epochs=None):
    """weights in cells, one column a sample

    Observed arguments:
    X : (2, 4) float64
    Y : (1, 4) float64
    sizes : (1, 3) float64
    eta : float
    epochs : float
    """
    L = sizes.size - 1
    W = cell(1, L)
    b = cell(1, L)
    for l in range(1, L + 1):
        W = cell_set(
            W,
            np.sin(colon(1, sizes[0, l] * sizes[0, l - 1])).reshape(
                int(sizes[0, l]), int(sizes[0, l - 1]), order="F"
            ),
            l,
        )
        b = cell_set(b, np.zeros((int(sizes[0, l]), 1)), l)
    N = X.shape[1]
    costs = np.zeros((1, int(epochs)))
    for e in range(int(epochs)):
        a = cell(1, L + 1)
        a = cell_set(a, X, 1)
        for l in range(1, L + 1):
            a = cell_set(a, logistic(mtimes(W[l - 1], a[l - 1]) + b[l - 1]), l + 1)
        err = a[-1] - Y
        costs[0, e] = (err.reshape(-1, 1, order="F") ** 2).sum() / (2 * N)
        delta = err * a[-1] * (1 - a[-1])
        for l in range(L, 0, -1):
            dW = mtimes(delta, ctranspose(a[l - 1])) / N
            db = delta.mean(axis=1, keepdims=True)
            if l > 1:
                delta = mtimes(ctranspose(W[l - 1]), delta) * a[l - 1] * (1 - a[l - 1])
            W = cell_set(W, W[l - 1] - eta * dW, l)
            b = cell_set(b, b[l - 1] - eta * db, l)
    return W, b, costs


def logistic(x=None):
    """Observed arguments:
    x : (?, 4) float64
    """
    y = 1 / (1 + np.exp(-x))
    return y
