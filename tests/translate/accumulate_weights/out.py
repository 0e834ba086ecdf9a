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
        total = total + cell_get(item, 2)
        if istrue(isfield(byname, cell_get(item, 1))):
            setattr(
                byname,
                cell_get(item, 1),
                getattr(byname, cell_get(item, 1)) + cell_get(item, 2),
            )
        else:
            setattr(byname, cell_get(item, 1), cell_get(item, 2))
    A = np.zeros((1, 3))
    A[0, 1] = A[0, 1] + 5
    A = A * 2
    return total, byname, A
