import numpy as np

from port.migrate.runtime import any_, error, istrue, kron, length, ones, size


def expand(A=None, S=None):
    """EXPAND replicates each element of A S times in each direction"""
    SA = size(A)
    if SA.size != length(S):
        error("Length of size vector must equal ndims(A)")
    elif istrue(any_(S != np.floor(S))):
        error("The size vector must contain integers only")
    B = kron(A, ones(S))
    return B
