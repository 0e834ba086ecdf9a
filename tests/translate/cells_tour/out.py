import numpy as np

from port.migrate.runtime import (
    COLON,
    cell,
    cell2mat,
    cell_array,
    cell_get,
    cell_items,
    cell_set,
    copied,
    horzcat,
    index,
    iscell,
    isempty,
    numel,
    put,
    size,
)


def cellsTour(x=None):
    """Observed arguments:
    x : (1, 3) float64
    """
    c = cell(2, 2)
    c = cell_set(c, x.copy(), 1, 1)
    c = cell_set(c, "text", 2, 1)
    c = cell_set(c, [1, [2]], 1, 2)
    n = horzcat(numel(c), size(c), iscell(c), isempty(cell_get(c, 2, 2)))
    part = copied(index(c, COLON, 1))
    flat = [*cell_items(c, COLON, 1), 5]
    m = cell2mat(
        cell_array([np.array([[1.0, 2.0]]), np.array([[4.0, 5.0]]), 3, 6], (2, 2))
    )
    e = cell(1, 2)
    inner = cell_get(cell_get(cell_get(c, 1, 2), 2), 1)
    e = put(e, 7, [2], (3,))
    return c, n, part, flat, m, e, inner
