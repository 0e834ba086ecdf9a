def mainTwo(x=None):
    """Observed arguments:
    x : (1, 2) float64
    """
    r = helper(x) * 10
    return r


def helper(x=None):
    """Observed arguments:
    x : (1, 2) float64
    """
    y = x * 2
    return y
