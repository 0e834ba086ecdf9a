import numpy as np

from port.migrate.runtime import assign, isequal, logical


def hopfield(patterns=None, probe=None):
    """Observed arguments:
    patterns : (2, 6) float64
    probe : (1, 6) float64
    """
    P, N = patterns.shape
    W = np.zeros((N, N))
    for p in range(P):
        W = W + patterns[[p]].T @ patterns[[p]]
    W = assign(W, 0, logical(np.eye(N)))
    W = W / N
    recalled = probe.reshape(-1, 1, order="F").copy()
    changed = True
    while changed:
        old = recalled.copy()
        for i in range(1, N + 1):
            h = (W[[i - 1]] @ recalled).item()
            if h >= 0:
                recalled = assign(recalled, 1, i)
            else:
                recalled = assign(recalled, -1, i)
        changed = not isequal(old, recalled)
    energy = (-0.5 * recalled.T @ W @ recalled).item()
    return W, recalled, energy
