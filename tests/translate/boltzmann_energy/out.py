import numpy as np

from port.migrate.runtime import (
    COLON,
    assign,
    colon,
    ctranspose,
    dec2bin,
    index,
    max_,
    minus,
    mrdivide,
    mtimes,
    power,
    sum_,
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
        s = ctranspose(index(states, k, COLON))
        E = assign(E, mtimes(mtimes(-0.5 * ctranspose(s), W), s) - mtimes(b.T, s), k)
    P = np.exp(-1 * E / T)
    P = mrdivide(P, sum_(P))
    _, i = max_(P, nargout=2)
    best = index(states, i, COLON)
    return E, P, best
