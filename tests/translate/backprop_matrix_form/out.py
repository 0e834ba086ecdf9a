import numpy as np

from port.migrate.runtime import (
    COLON,
    assign,
    cell,
    cell_set,
    colon,
    columns_of,
    ctranspose,
    index,
    mean,
    mtimes,
    sum_,
    whole,
)


def backprop(X=None, Y=None, sizes=None, eta=None, epochs=None):
    """weights in cells, one column a sample"""
    sizes = np.atleast_2d(sizes)
    L = sizes.size - 1
    W = cell(1, L)
    b = cell(1, L)
    for l in range(1, L + 1):
        W = cell_set(
            W,
            np.sin(colon(1, index(sizes, l + 1) * index(sizes, l))).reshape(
                int(index(sizes, l + 1)), int(index(sizes, l)), order="F"
            ),
            l,
        )
        b = cell_set(b, np.zeros((int(index(sizes, l + 1)), 1)), l)
    N = columns_of(X)
    costs = np.zeros((1, whole(epochs)))
    for e in range(1, whole(epochs) + 1):
        a = cell(1, L + 1)
        a = cell_set(a, X, 1)
        for l in range(1, L + 1):
            a = cell_set(a, logistic(mtimes(W[l - 1], a[l - 1]) + b[l - 1]), l + 1)
        err = a[-1] - Y
        costs = assign(costs, sum_(index(err, COLON) ** 2) / (2 * N), e)
        delta = err * a[-1] * (1 - a[-1])
        for l in range(L, 0, -1):
            dW = mtimes(delta, ctranspose(a[l - 1])) / N
            db = mean(delta, 2)
            if l > 1:
                delta = mtimes(ctranspose(W[l - 1]), delta) * a[l - 1] * (1 - a[l - 1])
            W = cell_set(W, W[l - 1] - mtimes(eta, dW), l)
            b = cell_set(b, b[l - 1] - mtimes(eta, db), l)
    return W, b, costs


def logistic(x=None):
    y = 1 / (1 + np.exp(-1 * x))
    return y
