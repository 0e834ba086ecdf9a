import numpy as np

from port.migrate.runtime import COLON, colon, copied, first, index, last, numel, put


def endings(s=None, c0=None):
    """Observed arguments:
    s : struct
    c0 : cell
    """
    s = copied(s)
    a = copied(
        index(
            index(s.list, last(s.list)).v, last(index(s.list, last(s.list)).v, 1, 2), 1
        )
    )
    b = copied(index(c0[-1], colon(last(c0[-1]) - 1, last(c0[-1]))))
    c = copied(
        index(
            index(s.list, last(s.list) - 1).v,
            COLON,
            last(index(s.list, last(s.list) - 1).v, 2, 2),
        )
    )
    s = put(s, np.array([[9.0, 9.0]]), "list", (last(s.list) + 1,), "v")
    d = numel(index(s.list, min(last(s.list), 3)).v)

    def f(k, *, s=copied(s)):
        return index(index(s.list, k).v, last(index(s.list, k).v))

    e = first(f(1)) + index(c0[0], last(c0[0]))
    return a, b, c, d, e
