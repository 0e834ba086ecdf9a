from helperScale import helperScale
from helperSum import helperSum


def usePrivate(x=None):
    """Observed arguments:
    x : (2, 2) float64
    """
    a = helperScale(x, 3)
    b = helperSum(x) + a.sum(axis=0, keepdims=True)
    return a, b
