import numpy as np

from port.migrate.runtime import COLON, assign, index, max_


def viterbi(obs=None, A=None, B=None, pi0=None):
    """Observed arguments:
    obs : (1, 4) float64
    A : (2, 2) float64
    B : (2, 3) float64
    pi0 : (2, 1) float64
    """
    S = A.shape[0]
    T = obs.size
    V = np.zeros((S, T))
    ptr = np.zeros((S, T))
    V = assign(V, pi0 * index(B, COLON, obs[0, 0]), COLON, 1)
    for t in range(2, T + 1):
        for j in range(1, S + 1):
            value5, value6 = max_(V[:, [t - 2]] * A[:, [j - 1]], nargout=2)
            V = assign(V, value5, j, t)
            ptr = assign(ptr, value6, j, t)
            V = assign(V, V[j - 1, t - 1] * index(B, j, obs[0, t - 1]), j, t)
    path = np.zeros((1, T))
    p, value7 = max_(V[:, [T - 1]], nargout=2)
    path = assign(path, value7, T)
    for t in range(T - 1, 0, -1):
        path = assign(path, index(ptr, path[0, t], t + 1), t)
    return path, p
