import numpy as np

from port.migrate.runtime import assign, char, columns, ge, index, le, minus, mod, plus


def caesar(text=None, k=None):
    """Observed arguments:
    text : str
    k : float
    """
    out = text
    lowerMask = np.logical_and(ge(text, "a"), le(text, "z"))
    out = assign(
        out, char(plus(mod(minus(index(text, lowerMask), "a") + k, 26), "a")), lowerMask
    )
    back = out
    back = assign(
        back, char(plus(mod(minus(index(out, lowerMask), "a") - k, 26), "a")), lowerMask
    )
    counts = np.zeros((1, 26))
    for ch in columns(index(text, lowerMask)):
        counts = assign(
            counts, index(counts, minus(ch, "a") + 1) + 1, minus(ch, "a") + 1
        )
    return out, back, counts
