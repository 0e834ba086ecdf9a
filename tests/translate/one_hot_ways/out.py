import numpy as np

from port.migrate.runtime import (
    COLON,
    assign,
    colon,
    ctranspose,
    eye,
    horzcat,
    index,
    length,
    sub2ind,
    whole,
)


def oneHot(y=None, K=None):
    n = length(y)
    A = np.zeros((n, whole(K)))
    for i in range(1, n + 1):
        A = assign(A, 1, i, index(y, i))
    B = index(eye(K), y, COLON)
    C = index(y, COLON) == colon(1, K)
    D = np.zeros((whole(K), n))
    D = assign(
        D,
        1,
        sub2ind(
            horzcat(K, n),
            ctranspose(index(y, COLON)),
            np.arange(1.0, n + 1)[np.newaxis],
        ),
    )
    return A, B, C, D
