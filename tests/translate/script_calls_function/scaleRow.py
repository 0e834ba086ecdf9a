from port.migrate.runtime import copied, norm


def scaleRow(r=None, w=None):
    r = copied(r)
    r = r / norm(r) * w
    return r
