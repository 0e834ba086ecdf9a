import numpy as np

from port.migrate.runtime import (
    any_,
    assign,
    cell_set,
    index,
    isempty,
    istrue,
    last,
    numel,
)


def shortCircuit(x=None, y=None):
    log = []
    r = np.zeros((0, 0))
    if isempty(x) or istrue(index(x, 1) > 0):
        r = assign(r, 1, r.size + 1)
    if not isempty(y) and istrue(index(y, 1) == 2):
        r = assign(r, 2, last(r) + 1)
    if istrue(np.logical_and(any_(y > 1), numel(y) > 1)):
        r = assign(r, 3, last(r) + 1)
    if istrue(np.logical_or(not numel(y) == 3, index(y, last(y)) < 0)):
        r = assign(r, 4, last(r) + 1)
    else:
        log = cell_set(log, "else", len(log) + 1)
    if np.logical_xor(True, isempty(x)) or False:
        log = cell_set(log, "xor", len(log) + 1)
    if not isempty(y):
        log = cell_set(log, "bang", len(log) + 1)
    return r, log
