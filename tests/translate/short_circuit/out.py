import numpy as np

from port.migrate.runtime import assign, cell_set, index, isempty, last


def shortCircuit(x=None, y=None):
    """Observed arguments:
    x : float64
    y : (1, 3) float64
    """
    log = []
    r = np.zeros((0, 0))
    if isempty(x) or index(x, 1) > 0:
        r = assign(r, 1, r.size + 1)
    if not y.size == 0 and y[0, 0] == 2:
        r = assign(r, 2, last(r) + 1)
    if (y > 1).any() and y.size > 1:
        r = assign(r, 3, last(r) + 1)
    if not y.size == 3 or y[0, -1] < 0:
        r = assign(r, 4, last(r) + 1)
    else:
        log = cell_set(log, "else", len(log) + 1)
    if np.logical_xor(True, isempty(x)) or False:
        log = cell_set(log, "xor", len(log) + 1)
    if not y.size == 0:
        log = cell_set(log, "bang", len(log) + 1)
    return r, log
