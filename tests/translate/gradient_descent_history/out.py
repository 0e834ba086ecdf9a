import numpy as np

from port.migrate.runtime import assign, copied, size


def descend(A=None, t=None, w=None, rate=None, rounds=None):
    """Observed arguments:
    A : (5, 3) float64
    t : (5, 1) float64
    w : (3, 1) float64
    rate : float
    rounds : float
    """
    w = copied(w)
    n = t.size
    costs = np.zeros((int(rounds), 1))

    for k in range(1, int(rounds) + 1):
        step = np.zeros(w.shape)
        for j in range(A.shape[1]):
            step[j, 0] = ((A @ w - t) * A[:, [j]]).sum() / n
        w = w - rate * step

        # what the cost was after this round
        costs = assign(costs, costAt(A, t, w), k)
    return w, costs


def costAt(A=None, t=None, w=None):
    """Observed arguments:
    A : (5, 3) float64
    t : (5, 1) float64
    w : (3, 1) float64
    """
    n = t.size
    e = A @ w - t
    c = (e.T @ e).item() / (2 * n)
    return c
