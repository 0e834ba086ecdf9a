import numpy as np

from port.migrate.runtime import (
    Map,
    assign,
    cell2mat,
    cell_get,
    double,
    first,
    index,
    isKey,
    istrue,
    lower,
    numel,
    strsplit,
)


def wordCount(text=None):
    m = Map()
    parts = strsplit(lower(text), " ")
    for i in range(1, numel(parts) + 1):
        w = cell_get(parts, i)
        if istrue(isKey(m, w)):
            m = assign(m, index(m, w) + 1, w)
        else:
            m = assign(m, 1, w)
    from keys import keys

    words = first(keys(m))
    from values import values

    counts = cell2mat(first(values(m)))
    total = m.Count * 1
    total = double(total)
    has = index(m.isKey, "the")
    return words, counts, total, has
