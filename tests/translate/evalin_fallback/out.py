from port.migrate.runtime import exist


def evalFallback(x=None):
    """Observed arguments:
    x : float
    """
    r = 0
    try:
        r = x + 1
    except Exception:
        r = -1
    if exist("evalin"):
        r = r * 2
    return r
