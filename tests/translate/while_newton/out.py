from port.migrate.runtime import mpower
from newtonRoot import newtonRoot


def runNewton(a=None, tol=None):
    """Observed arguments:
    a : float
    tol : float
    """

    def f(x):
        return mpower(x, 2) - a

    def df(x):
        return 2 * x

    x, iter, ok = newtonRoot(f, df, a, tol)
    return x, iter, ok
