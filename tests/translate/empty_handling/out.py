from types import SimpleNamespace

import numpy as np

from port.migrate.runtime import (
    COLON,
    assign,
    find,
    horzcat,
    index,
    isempty,
    istrue,
    last,
    length,
    ndims,
    numel,
    size,
    vertcat,
)


def empties(x=None):
    """Observed arguments:
    x : float64
    """
    a = isempty(x) + 2 * isempty("") + 4 * isempty([]) + 8 * isempty(SimpleNamespace())
    b = size(x)
    c = vertcat(x, horzcat(1, 2))
    d = horzcat(x, 5)
    for k in range(1, numel(x) + 1):
        d = assign(d, k, last(d) + 1)
    f = find(np.array([[0.0, 0.0, 0.0]]))
    f = np.hstack(
        [
            size(f),
            size(find(np.zeros((3, 3)))),
            size(index(np.array([[1.0, 2.0, 3.0]]), COLON, np.zeros((0, 0)))),
            [[length(np.zeros((0, 0)))]],
            [[ndims(np.zeros((0, 0)))]],
        ]
    )
    if istrue(x):
        f = -1
    return a, b, c, d, f
