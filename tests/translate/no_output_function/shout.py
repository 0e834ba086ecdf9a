from port.migrate.runtime import fprintf, upper


def shout(x=None, times=None):
    """Observed arguments:
    x : str
    times : float
    """
    nargin = sum(value is not None for value in (x, times))
    if nargin < 2:
        times = 1
    for k in range(1, int(times) + 1):
        fprintf("%s!\\n", upper(x))
