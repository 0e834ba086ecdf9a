import numpy as np

from port.migrate.runtime import istrue, mrdivide, mtimes


def predict(theta=None, X=None):
    X = np.atleast_2d(X)
    m = X.shape[0]  # Number of training examples
    p = np.zeros((m, 1))
    for i in range(m):
        s = mrdivide(1, 1 + np.exp(-mtimes(X[[i]], theta)))
        if istrue(s >= 0.5):
            p[i, 0] = 1
        else:
            p[i, 0] = 0
    return p
