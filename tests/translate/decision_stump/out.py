from types import SimpleNamespace

import numpy as np

from port.migrate.runtime import (
    COLON,
    assign,
    columns,
    columns_of,
    ctranspose,
    index,
    istrue,
    ones,
    size,
    sum_,
    unique,
)


def stump(X=None, y=None, w=None):
    best = SimpleNamespace(dim=0, thresh=np.nan, sign=0)
    err = np.inf
    for d in range(1, columns_of(X) + 1):
        for t in columns(ctranspose(unique(index(X, COLON, d)))):
            for s in columns(np.array([[-1.0, 1.0]])):
                h = s * ones(size(y))
                h = assign(h, -s, index(X, COLON, d) <= t)
                e = sum_(index(w, h != y))
                if istrue(e < err):
                    err = e
                    best.dim = d
                    best.thresh = t
                    best.sign = s
    return best, err
