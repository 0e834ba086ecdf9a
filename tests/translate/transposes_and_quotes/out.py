import numpy as np

from port.migrate.runtime import ctranspose


def quotes(x=None):
    """Observed arguments:
    x : (2, 1) complex128
    """
    a = x.conj().T.copy()
    b = x.T.copy()
    c = np.hstack([x.conj().T, x.conj().T])
    d = [x.conj().T.copy(), "x'", np.hstack([x.conj().T, [[1]]]), ctranspose(x[0, 0])]
    return a, b, c, d
