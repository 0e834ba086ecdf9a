from types import SimpleNamespace

import numpy as np

from port.migrate.runtime import (
    assign,
    columns,
    ctranspose,
    index,
    istrue,
    sum_,
    unique,
)


def stump(X=None, y=None, w=None):
    """Observed arguments:
    X : (4, 2) float64
    y : (4, 1) float64
    w : (4, 1) float64
    """
    best = SimpleNamespace(dim=0, thresh=np.nan, sign=0)
    err = np.inf
    for d in range(X.shape[1]):
        for t in columns(ctranspose(unique(X[:, [d]]))):
            for s in columns(np.array([[-1.0, 1.0]])):
                h = s * np.ones(y.shape)
                h = assign(h, -s, X[:, [d]] <= t)
                e = sum_(index(w, h != y))
                if istrue(e < err):
                    err = e
                    best.dim = d + 1
                    best.thresh = t
                    best.sign = s
    return best, err
