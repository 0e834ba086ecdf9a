from port.migrate.runtime import sum_
from helperScale import helperScale
from helperSum import helperSum


def usePrivate(x=None):
    """Observed arguments:
    x : (2, 2) float64
    """
    a = helperScale(x, 3)
    b = helperSum(x) + sum_(a)
    return a, b
