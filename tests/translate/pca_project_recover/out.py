import numpy as np

from port.migrate.runtime import (
    COLON,
    assign,
    colon,
    ctranspose,
    index,
    mtimes,
    rows,
    whole,
)


def projectAndRecover(X=None, U=None, K=None):
    Z = np.zeros((rows(X), whole(K)))
    U_reduce = index(U, COLON, colon(1, K))
    for i in range(1, rows(X) + 1):
        x = ctranspose(index(X, i, COLON))
        for k in range(1, whole(K) + 1):
            Z = assign(Z, mtimes(ctranspose(x), index(U_reduce, COLON, k)), i, k)
    X_rec = mtimes(Z, ctranspose(U_reduce))
    return Z, X_rec
