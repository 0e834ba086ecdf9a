from port.migrate.runtime import copied, ctranspose, index, istrue


def crlf(x=None):
    """a file from Windows"""
    r = copied(ctranspose(x))  # transpose
    if istrue(index(r, 1) > 0):
        r = r * 2
    return r
