import numpy as np

from port.migrate.runtime import assert_, feval, first, func2str, mpower, strcmp


def evals(x=None):
    """Observed arguments:
    x : float
    """
    f = lambda t: mpower(t, 2) + 1
    a = first(f(3))
    b = x + 1
    c = 2 * x
    d = np.emath.sqrt(x)
    g = np.cos
    e = first(g(0)) + feval(lambda t: t - 1, x)
    name = func2str(np.sin)
    assert_(strcmp(name, "sin"))
    return a, b, c, d, e
