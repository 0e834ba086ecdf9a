from helperSum import helperSum


def helperScale(x=None, k=None):
    """Observed arguments:
    x : (2, 2) float64
    k : float
    """
    y = x * k + helperSum(x)
    return y
