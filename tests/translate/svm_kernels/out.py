import numpy as np

from port.migrate.runtime import assign, copied, index, mpower, mrdivide, mtimes, norm


def kernels(x1=None, x2=None, sigma=None):
    x1, x2 = np.atleast_2d(x1, x2)
    x1 = x1.reshape(-1, 1, order="F")
    x2 = x2.reshape(-1, 1, order="F")
    lin = mtimes(x1.T, x2)
    gauss = np.exp(mrdivide(-((x1 - x2) ** 2).sum(), 2 * mpower(sigma, 2)))
    X = np.hstack([x1, x2]).T
    K = np.zeros((2, 2))
    for i in range(1, 3):
        for j in range(i, 3):
            K = assign(
                K,
                np.exp(
                    mrdivide(
                        -(norm(X[[i - 1]] - X[[j - 1]]) ** 2), 2 * mpower(sigma, 2)
                    )
                ),
                i,
                j,
            )
            K = assign(K, copied(index(K, i, j)), j, i)  # the matrix is symmetric
    return lin, gauss, K
