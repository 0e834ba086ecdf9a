def manyOuts(x=None, *, nargout=3):
    """Observed arguments:
    x : float
    """
    b = None
    c = None
    a = x + nargout
    if nargout > 1:
        b = 2 * x
    if nargout == 3:
        c = -x
    return a, b, c
