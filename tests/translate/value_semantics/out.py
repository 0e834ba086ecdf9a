from types import SimpleNamespace

from port.migrate.runtime import COLON, assign, copied, put, sort


def values(x=None):
    """Observed arguments:
    x : (1, 3) float64
    """
    a = x.copy()
    b = a.copy()
    b[0, 0] = 100
    c = [a.copy(), b.copy()]
    d = copied(c)
    d = put(d, -1, [1], (2,))
    s = SimpleNamespace(v=a.copy())
    t = copied(s)
    t = put(t, 0, "v", (3,))
    x = change(x)
    a[0, -1] = x[0, 0]
    return a, b, c, d, s, t


def change(y=None):
    """Observed arguments:
    y : (1, 3) float64
    """
    y = copied(y)
    y[0, 0] = y[0, 0] + 1
    y = assign(y, sort(y, "descend"), COLON)
    return y
