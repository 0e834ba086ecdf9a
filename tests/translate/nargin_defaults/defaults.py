from port.migrate.runtime import isempty


def defaults(x=None, scale=None, offset=None):
    """Observed arguments:
    x : float
    scale : float
    offset : float64
    """
    nargin = sum(value is not None for value in (x, scale, offset))
    if nargin < 2:
        scale = 2
    if nargin < 3 or isempty(offset):
        offset = 0.5
    if x is None:
        x = 1
    a = x * scale + offset
    n = nargin
    return a, n
