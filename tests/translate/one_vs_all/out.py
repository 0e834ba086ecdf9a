import numpy as np

from port.migrate.runtime import COLON, assign
from lrCostFunction import lrCostFunction


def oneVsAll(X=None, y=None, num_labels=None, lambda_=None):
    """Observed arguments:
    X : (6, 2) float64
    y : (6, 1) float64
    num_labels : float
    lambda_ : float
    """
    m = X.shape[0]
    n = X.shape[1]
    all_theta = np.zeros((int(num_labels), n + 1))
    X = np.hstack([np.ones((m, 1)), X])
    for c in range(1, int(num_labels) + 1):
        theta = np.zeros((n + 1, 1))
        for k in range(1, 16):
            J, grad = lrCostFunction(theta, X, y == c, lambda_)
            theta = theta - 0.5 * grad
        all_theta = assign(all_theta, theta.T, c, COLON)
    return all_theta
