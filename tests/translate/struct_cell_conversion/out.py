import numpy as np

from port.migrate.runtime import (
    cell2struct,
    cell_array,
    cell_get,
    cell_set,
    class_,
    fieldnames,
    num2cell,
    numel,
    struct2cell,
    structfun,
)


def conversions(s=None):
    """Observed arguments:
    s : struct
    """
    c = struct2cell(s)
    n = numel(fieldnames(s))
    f = cell2struct(cell_array([1, "x"], (2, 1)), cell_array(["num", "txt"], (2, 1)), 1)
    t = structfun(numel, s)
    u = num2cell(np.array([[1.0, 2.0], [3.0, 4.0]]))
    u = cell_set(u, class_(cell_get(u, 1, 1)), 2, 2)
    return c, n, f, t, u
