import numpy as np

from port.migrate.runtime import COLON, index, istrue, mrdivide, mtimes, rows


def predict(theta=None, X=None):
    m = rows(X)  # Number of training examples
    p = np.zeros((m, 1))
    for i in range(1, m + 1):
        s = mrdivide(1, 1 + np.exp(-mtimes(index(X, i, COLON), theta)))
        if istrue(s >= 0.5):
            p[i - 1, 0] = 1
        else:
            p[i - 1, 0] = 0
    return p
