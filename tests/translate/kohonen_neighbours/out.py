import numpy as np

from port.migrate.runtime import (
    COLON,
    assign,
    cell,
    cell_set,
    colon,
    ctranspose,
    find,
    ndgrid,
    numel,
)


def neighbours(r=None, c=None):
    """Observed arguments:
    r : float
    c : float
    """
    I, J = ndgrid(colon(1, r), colon(1, c), nargout=2)
    P = np.hstack([I.reshape(-1, 1, order="F"), J.reshape(-1, 1, order="F")])
    D = np.zeros((int(r * c), int(r * c)))
    for k in range(1, int(r * c) + 1):
        D = assign(D, np.abs(P - P[[k - 1]]).sum(axis=1, keepdims=True), COLON, k)
    N = cell(r, c)
    for k in range(1, numel(N) + 1):
        N = cell_set(N, ctranspose(find(D[:, [k - 1]] == 1)), k)
    return N, D
