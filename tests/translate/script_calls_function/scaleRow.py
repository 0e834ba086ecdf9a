from port.migrate.runtime import copied, norm


def scaleRow(r=None, w=None):
    """Observed arguments:
    r : (1, 3) float64
    w : float
    """
    r = copied(r)
    r = r / norm(r) * w
    return r
