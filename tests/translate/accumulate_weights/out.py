from types import SimpleNamespace

import numpy as np

from port.migrate.runtime import cell_get, columns, isfield, istrue


def weights(items=None):
    """Observed arguments:
    items : cell
    """
    total = 0
    byname = SimpleNamespace()
    for it in columns(items):
        item = cell_get(it, 1)
        total = total + item[1]
        if istrue(isfield(byname, item[0])):
            setattr(byname, item[0], getattr(byname, item[0]) + item[1])
        else:
            setattr(byname, item[0], item[1])
    A = np.zeros((1, 3))
    A[0, 1] = A[0, 1] + 5
    A = A * 2
    return total, byname, A
