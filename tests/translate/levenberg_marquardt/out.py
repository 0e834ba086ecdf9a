import numpy as np

from port.migrate.runtime import copied, diag, first, index, istrue, mldivide, mtimes


def lmFit(x=None, y=None, p=None):
    """Observed arguments:
    x : (7, 1) float64
    y : (7, 1) float64
    p : (2, 1) float64
    """
    p = copied(p)
    lambda_ = 0.01

    def model(p):
        return mtimes(index(p, 1), np.exp(mtimes(-1 * index(p, 2), x)))

    err = ((y - first(model(p))) ** 2).sum(axis=0, keepdims=True)
    for k in range(1, 9):
        J = np.hstack([np.exp(-p[1, 0] * x), -p[0, 0] * x * np.exp(-p[1, 0] * x)])
        r = y - first(model(p))
        H = J.T @ J
        step = mldivide(H + lambda_ * diag(diag(H)), J.T @ r)
        trial = p + step
        e = ((y - first(model(trial))) ** 2).sum(axis=0, keepdims=True)
        if istrue(e < err):
            p = trial
            err = e
            lambda_ = lambda_ / 10
        else:
            lambda_ = lambda_ * 10
    return p, err, lambda_
