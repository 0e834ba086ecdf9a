import numpy as np

from port.migrate.runtime import (
    COLON,
    assign,
    copied,
    ctranspose,
    horzcat,
    index,
    mpower,
    mrdivide,
    mtimes,
    norm,
    sum_,
)


def kernels(x1=None, x2=None, sigma=None):
    x1 = index(x1, COLON)
    x2 = index(x2, COLON)
    lin = mtimes(ctranspose(x1), x2)
    gauss = np.exp(mrdivide(-sum_((x1 - x2) ** 2), 2 * mpower(sigma, 2)))
    X = ctranspose(horzcat(x1, x2))
    K = np.zeros((2, 2))
    for i in range(1, 3):
        for j in range(i, 3):
            K = assign(
                K,
                np.exp(
                    mrdivide(
                        -(norm(index(X, i, COLON) - index(X, j, COLON)) ** 2),
                        2 * mpower(sigma, 2),
                    )
                ),
                i,
                j,
            )
            K = assign(K, copied(index(K, i, j)), j, i)  # the matrix is symmetric
    return lin, gauss, K
