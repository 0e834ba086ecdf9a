from types import SimpleNamespace

import numpy as np

from port.migrate.runtime import (
    COLON,
    assign,
    copied,
    find,
    index,
    max_,
    mean,
    min_,
    nnz,
    std,
)


def cleanData(X=None, y=None):
    """Observed arguments:
    X : (6, 2) float64
    y : (6, 1) float64
    """
    X = copied(X)
    y = copied(y)
    bad = np.isnan(X).any(axis=1, keepdims=True) | np.isnan(y)
    removed = find(bad)
    X = copied(index(X, ~bad, COLON))
    y = copied(index(y, ~bad))
    out = np.abs(X - X.mean(axis=0, keepdims=True)) > 1.2 * std(X)
    X = assign(X, np.nan, out)
    for j in range(1, X.shape[1] + 1):
        col = X[:, [j - 1]]
        col = assign(col, mean(index(col, ~np.isnan(col))), np.isnan(col))
        X = assign(X, col.copy(), COLON, j)
    stats = SimpleNamespace(rows=X.shape[0])
    stats.clipped = nnz(out)
    stats.range = np.array(
        [[min_(X.reshape(-1, 1, order="F")), max_(X.reshape(-1, 1, order="F"))]],
        dtype=float,
    )
    stats.any = (
        out.any(axis=0, keepdims=True).any()
        and not out.all(axis=0, keepdims=True).all()
    )
    return X, y, removed, stats
