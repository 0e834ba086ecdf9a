import numpy as np

from port.migrate.runtime import intersect, ismember, setdiff, sort, unique


def sortSets(v=None, names=None):
    """Observed arguments:
    v : (1, 6) float64
    names : cell
    """
    s, i = sort(v, "descend", nargout=2)
    u, _, n = unique(v, nargout=3)
    n = n.T
    m = ismember(np.array([[2.0, 9.0]]), v)
    d = setdiff(v, np.array([[1.0, 2.0]]))
    x = intersect(v, np.array([[3.0, 5.0, 8.0]]))
    w = sort(names)
    return s, i, u, n, m, d, x, w
