from port.migrate.runtime import double
from squash import squash


def fired(x=None):
    """Observed arguments:
    x : (2, ?) float64
    """
    f = double(squash(x) > 0.5)
    return f
