import numpy as np

from port.migrate.runtime import assign, index, mpower, mtimes, vertcat, whole


def adaline(X=None, d=None, mu=None, epochs=None):
    X = np.atleast_2d(X)
    X = np.hstack([X, np.ones((X.shape[0], 1))])
    w = np.zeros((X.shape[1], 1))
    mse = np.zeros((0, 0))
    for ep in range(1, whole(epochs) + 1):
        e2 = 0
        for n in range(1, X.shape[0] + 1):
            x = X[[n - 1]].T
            e = index(d, n) - w.T @ x
            w = w + mtimes(mtimes(2 * mu, e), x)
            e2 = e2 + mpower(e, 2)
        mse = vertcat(mse, e2 / X.shape[0])
    yhat = np.sign(mtimes(X, w))
    yhat = assign(yhat, 1, yhat == 0)
    return w, mse, yhat
