def crlf(x=None):
    """a file from Windows

    Observed arguments:
    x : (1, 3) float64
    """
    r = x.T.copy()  # transpose
    if r[0, 0] > 0:
        r = r * 2
    return r
