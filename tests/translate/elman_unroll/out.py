import numpy as np

from port.migrate.runtime import (
    COLON,
    assign,
    columns_of,
    index,
    istrue,
    last,
    mtimes,
    vertcat,
)


def elman(U=None, Win=None, W=None, Wout=None, washout=None):
    W = np.atleast_2d(W)
    T = columns_of(U)
    x = np.zeros((W.shape[0], 1))
    states = np.zeros((0, 0))
    for t in range(1, T + 1):
        x = np.tanh(mtimes(Win, vertcat(1, index(U, COLON, t))) + mtimes(W, x))
        if istrue(t > washout):
            states = assign(
                states, vertcat(1, index(U, COLON, t), x), COLON, last(states, 2, 2) + 1
            )
    Y = mtimes(Wout, states)
    return Y
