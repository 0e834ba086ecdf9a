import numpy as np

from port.migrate.runtime import first, istrue, mrdivide


def newtonRoot(f=None, df=None, x0=None, tol=None):
    """Observed arguments:
    f : handle
    df : handle
    x0 : float
    tol : float
    """
    x = x0
    iter = 0
    ok = False
    while True:
        step = mrdivide(first(f(x)), first(df(x)))
        x = x - step
        iter = iter + 1
        if istrue(np.abs(step) < tol):
            ok = True
            break
        elif iter >= 50:
            return x, iter, ok
    return x, iter, ok
