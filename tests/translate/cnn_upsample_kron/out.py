import numpy as np

from port.migrate.runtime import error, kron, ones, size


def magnify(A=None, times=None):
    """MAGNIFY  every element becomes a block of copies

    Observed arguments:
    A : (2, 2) float64
    times : (1, 2) float64
    """
    if size(A).size != times.size:
        error("one factor for each dimension, please")
    elif (times != np.floor(times)).any():
        error("factors are whole numbers")
    B = kron(A, ones(times))
    return B
