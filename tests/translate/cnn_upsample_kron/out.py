import numpy as np

from port.migrate.runtime import error, kron, ones, size


def expand(A=None, S=None):
    """EXPAND replicates each element of A S times in each direction

    Observed arguments:
    A : (2, 2) float64
    S : (1, 2) float64
    """
    SA = size(A)
    if SA.size != S.size:
        error("Length of size vector must equal ndims(A)")
    elif (S != np.floor(S)).any():
        error("The size vector must contain integers only")
    B = kron(A, ones(S))
    return B
