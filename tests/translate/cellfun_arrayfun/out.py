import numpy as np

from port.migrate.runtime import (
    any_,
    arrayfun,
    cellfun,
    eq,
    horzcat,
    index,
    length,
    mpower,
    sum_,
    upper,
)


def mapping(words=None, s=None):
    """Observed arguments:
    words : cell
    """
    len = cellfun(length, words)
    up = cellfun(lambda w: upper(index(w, 1)), words, "UniformOutput", False)
    sq = arrayfun(lambda k: mpower(k, 2) + 1, np.arange(1.0, 5)[np.newaxis])
    total = sum_(cellfun("length", words))
    found = cellfun(lambda w: any_(eq(w, "a")), words)
    pairs = arrayfun(
        lambda k: horzcat(k, -1 * k),
        np.arange(1.0, 3)[np.newaxis],
        "UniformOutput",
        False,
    )
    names = arrayfun(lambda p: p.name, s, "UniformOutput", False)
    return len, up, sq, total, found, pairs, names
