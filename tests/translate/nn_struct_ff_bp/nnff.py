import numpy as np

from port.migrate.runtime import (
    cell_get,
    copied,
    ctranspose,
    horzcat,
    max_,
    mtimes,
    put,
    sum_,
)
from sigm import sigm
from tanh_opt import tanh_opt


def nnff(nn=None, x=None, y=None):
    """NNFF performs a feedforward pass

    Observed arguments:
    nn : struct
    x : (5, 3) float64
    y : (5, 2) float64
    """
    nn = copied(nn)

    n = nn.n
    m = x.shape[0]

    x = np.hstack([np.ones((m, 1)), x])
    nn = put(nn, x.copy(), "a", [1])

    # feedforward pass
    for i in range(2, int(n - 1) + 1):
        if nn.activation_function == "sigm":
            # Calculate the unit's outputs (including the bias term)
            nn = put(
                nn,
                sigm(mtimes(cell_get(nn.a, i - 1), ctranspose(cell_get(nn.W, i - 1)))),
                "a",
                [i],
            )
        elif nn.activation_function == "tanh_opt":
            nn = put(
                nn,
                tanh_opt(
                    mtimes(cell_get(nn.a, i - 1), ctranspose(cell_get(nn.W, i - 1)))
                ),
                "a",
                [i],
            )
        # Add the bias term
        nn = put(nn, horzcat(np.ones((m, 1)), cell_get(nn.a, i)), "a", [i])
    if nn.output == "sigm":
        nn = put(
            nn,
            sigm(mtimes(cell_get(nn.a, n - 1), ctranspose(cell_get(nn.W, n - 1)))),
            "a",
            [n],
        )
    elif nn.output == "linear":
        nn = put(
            nn,
            mtimes(cell_get(nn.a, n - 1), ctranspose(cell_get(nn.W, n - 1))),
            "a",
            [n],
        )
    elif nn.output == "softmax":
        nn = put(
            nn,
            mtimes(cell_get(nn.a, n - 1), ctranspose(cell_get(nn.W, n - 1))),
            "a",
            [n],
        )
        nn = put(
            nn,
            np.exp(cell_get(nn.a, n) - max_(cell_get(nn.a, n), np.zeros((0, 0)), 2)),
            "a",
            [n],
        )
        nn = put(nn, cell_get(nn.a, n) / sum_(cell_get(nn.a, n), 2), "a", [n])

    # error and loss
    nn.e = y - cell_get(nn.a, n)

    if nn.output in ("sigm", "linear"):
        nn.L = 1 / 2 * sum_(sum_(nn.e**2)) / m
    elif nn.output == "softmax":
        nn.L = -(y * np.emath.log(cell_get(nn.a, n))).sum() / m
    return nn
