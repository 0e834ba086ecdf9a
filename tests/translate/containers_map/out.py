from port.migrate.runtime import (
    Map,
    assign,
    cell2mat,
    cell_get,
    double,
    index,
    isKey,
    istrue,
    lower,
    map_keys,
    map_values,
    numel,
    plus,
    strsplit,
    times,
)


def wordCount(text=None):
    """Observed arguments:
    text : str
    """
    m = Map()
    parts = strsplit(lower(text), " ")
    for i in range(1, numel(parts) + 1):
        w = cell_get(parts, i)
        if istrue(isKey(m, w)):
            m = assign(m, plus(index(m, w), 1), w)
        else:
            m = assign(m, 1, w)
    words = map_keys(m)
    counts = cell2mat(map_values(m))
    total = times(m.Count, 1)
    total = double(total)
    has = isKey(m, "the")
    return words, counts, total, has
