from mainTwo import mainTwo


def mainOne(x=None):
    """Observed arguments:
    x : (1, 2) float64
    """
    r = helper(x) + mainTwo(x)
    return r


def helper(x=None):
    """Observed arguments:
    x : (1, 2) float64
    """
    y = x + 1
    return y
