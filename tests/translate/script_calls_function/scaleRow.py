from port.migrate.runtime import copied, mtimes, norm


def scaleRow(r=None, w=None):
    r = copied(r)
    r = mtimes(r / norm(r), w)
    return r
