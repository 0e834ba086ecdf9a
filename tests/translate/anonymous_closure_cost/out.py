import numpy as np

from port.migrate.runtime import assign, columns_of, feval, last, mtimes


def trainOne(X=None, y=None, lambda_=None):
    J = None

    def costFunc(t):
        return ridge(t, X, y, lambda_)

    theta = np.zeros((columns_of(X), 1))
    history = np.zeros((0, 0))
    for it in range(1, 6):
        J, g = feval(costFunc, theta, nargout=2)
        theta = theta - 0.1 * g
        history = assign(history, J, last(history) + 1)
    return theta, J, history


def ridge(t=None, X=None, y=None, lambda_=None):
    t, X = np.atleast_2d(t, X)
    r = X @ t - y
    J = (mtimes(r.T, r) + mtimes(lambda_, t.T @ t)) / 2
    g = mtimes(X.T, r) + mtimes(lambda_, t)
    return J, g
