import numpy as np

from port.migrate.runtime import (
    COLON,
    all_,
    any_,
    assign,
    columns_of,
    copied,
    find,
    horzcat,
    index,
    istrue,
    max_,
    mean,
    min_,
    nnz,
    put,
    rows,
    std,
)


def cleanData(X=None, y=None):
    """Observed arguments:
    X : (6, 2) float64
    y : (6, 1) float64
    """
    X = copied(X)
    y = copied(y)
    stats = None
    bad = np.isnan(X).any(axis=1, keepdims=True) | np.isnan(y)
    removed = find(bad)
    X = copied(index(X, ~bad, COLON))
    y = copied(index(y, ~bad))
    out = np.abs(X - mean(X)) > 1.2 * std(X)
    X = assign(X, np.nan, out)
    for j in range(1, columns_of(X) + 1):
        col = copied(index(X, COLON, j))
        col = assign(
            col, mean(index(col, np.logical_not(np.isnan(col)))), np.isnan(col)
        )
        X = assign(X, copied(col), COLON, j)
    stats = put(stats, rows(X), "rows")
    stats.clipped = nnz(out)
    stats.range = horzcat(min_(index(X, COLON)), max_(index(X, COLON)))
    stats.any = istrue(any_(any_(out))) and istrue(np.logical_not(all_(all_(out))))
    return X, y, removed, stats
