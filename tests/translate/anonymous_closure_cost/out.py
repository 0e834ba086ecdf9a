import numpy as np

from port.migrate.runtime import assign, feval, last


def trainOne(X=None, y=None, lambda_=None):
    """Observed arguments:
    X : (3, 2) float64
    y : (3, 1) float64
    lambda_ : float
    """
    J = None

    def costFunc(t):
        return ridge(t, X, y, lambda_)

    theta = np.zeros((X.shape[1], 1))
    history = np.zeros((0, 0))
    for it in range(1, 6):
        J, g = feval(costFunc, theta, nargout=2)
        theta = theta - 0.1 * g
        history = assign(history, J, last(history) + 1)
    return theta, J, history


def ridge(t=None, X=None, y=None, lambda_=None):
    """Observed arguments:
    t : (2, 1) float64
    X : (3, 2) float64
    y : (3, 1) float64
    lambda_ : float
    """
    r = X @ t - y
    J = ((r.T @ r).item() + lambda_ * (t.T @ t).item()) / 2
    g = X.T @ r + lambda_ * t
    return J, g
