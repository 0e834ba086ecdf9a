from types import SimpleNamespace

import numpy as np

from port.migrate.runtime import (
    assign,
    cell_set,
    char,
    horzcat,
    last,
    num2str,
    plus,
    put,
    sprintf,
    struct,
    vertcat,
)


def growth(n=None):
    """Observed arguments:
    n : float
    """
    s = None
    v = np.zeros((0, 0))
    w = np.zeros((0, 0))
    M = np.zeros((0, 0))
    c = []
    list = struct("id", [], "name", [])
    for i in range(1, int(n) + 1):
        v = assign(v, i**2, last(v) + 1)
        w = vertcat(w, horzcat(i, -i))
        M = assign(M, i, i, i + 1)
        c = cell_set(c, sprintf("item %d", i), len(c) + 1)
        s = put(s, i / 2, (i,), "value")
        s = put(s, char(plus("a", i) - 1), (i,), "tag")
        list = assign(
            list, SimpleNamespace(id=i, name="n" + num2str(i)), last(list) + 1
        )
    return v, w, M, c, s, list
