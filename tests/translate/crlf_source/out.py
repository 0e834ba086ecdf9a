def crlf(x=None):
    """a file from Windows"""
    r = x.T.copy()  # transpose
    if r[0, 0] > 0:
        r = r * 2
    return r
