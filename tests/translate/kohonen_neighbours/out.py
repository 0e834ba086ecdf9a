import numpy as np

from port.migrate.runtime import (
    COLON,
    assign,
    cell,
    cell_set,
    colon,
    ctranspose,
    find,
    horzcat,
    index,
    ndgrid,
    numel,
    sum_,
)


def neighbours(r=None, c=None):
    """Observed arguments:
    r : float
    c : float
    """
    I, J = ndgrid(colon(1, r), colon(1, c), nargout=2)
    P = horzcat(index(I, COLON), index(J, COLON))
    D = np.zeros((int(r * c), int(r * c)))
    for k in range(1, int(r * c) + 1):
        D = assign(D, sum_(np.abs(P - index(P, k, COLON)), 2), COLON, k)
    N = cell(r, c)
    for k in range(1, numel(N) + 1):
        N = cell_set(N, ctranspose(find(index(D, COLON, k) == 1)), k)
    return N, D
