import numpy as np

from port.migrate.runtime import (
    COLON,
    assign,
    colon,
    dec2bin,
    index,
    max_,
    minus,
    power,
)


def boltzmann(W=None, b=None, T=None):
    """Observed arguments:
    W : (3, 3) float64
    b : (3, 1) float64
    T : float
    """
    n = b.size
    states = minus(dec2bin(colon(0, power(2, n) - 1)), "0")
    E = np.zeros((int(power(2, n)), 1))
    for k in range(1, int(power(2, n)) + 1):
        s = states[[k - 1]].T
        E = assign(E, (-0.5 * s.T @ W @ s).item() - (b.T @ s).item(), k)
    P = np.exp(-E / T)
    P = P / P.sum()
    _, i = max_(P, nargout=2)
    best = index(states, i, COLON)
    return E, P, best
