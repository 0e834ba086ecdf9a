from types import SimpleNamespace

from port.migrate.runtime import EMPTY, GLOBALS, copied, declare_global, isempty

_counter = SimpleNamespace(count=EMPTY)


def counter(reset=None):
    """Observed arguments:
    reset : bool
    """
    nargin = sum(value is not None for value in (reset,))
    declare_global("TOTAL")
    if isempty(_counter.count) or nargin > 0 and reset:
        _counter.count = 0
    _counter.count = _counter.count + 1
    GLOBALS.TOTAL = GLOBALS.TOTAL + _counter.count
    n = copied(_counter.count)
    return n
