from port.migrate.runtime import assign
from manyOuts import manyOuts


def callOuts(x=None):
    """Observed arguments:
    x : float
    """
    s = None
    p = manyOuts(x, nargout=1)[0]
    q, _ = manyOuts(x, nargout=2)[:2]
    _, r = manyOuts(x, nargout=2)[:2]
    value1, value2, value3 = manyOuts(x, nargout=3)
    s = assign(s, value1, 1)
    s = assign(s, value2, 2)
    s = assign(s, value3, 3)
    return p, q, r, s
