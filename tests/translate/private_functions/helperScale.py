from port.migrate.runtime import mtimes
from helperSum import helperSum


def helperScale(x=None, k=None):
    y = mtimes(x, k) + helperSum(x)
    return y
