import numpy as np

from port.migrate.runtime import first, outputs
from collect import collect


def useCollect(M=None):
    """Observed arguments:
    M : (2, 2) float64
    """
    a = first(collect(1, nargout=1))
    b, c = outputs(collect(1, M, "abc", [1, 2], nargout=2), 2)
    args = [2, np.array([[1.0, 2.0, 3.0]])]
    d = first(collect(*args, nargout=1))
    return a, b, c, d
