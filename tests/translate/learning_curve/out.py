import numpy as np

from port.migrate.runtime import assign
from linearRegCost import linearRegCost
from trainLinearReg import trainLinearReg


def learningCurve(X=None, y=None, Xval=None, yval=None, lambda_=None):
    """Observed arguments:
    X : (5, 2) float64
    y : (5, 1) float64
    Xval : (3, 2) float64
    yval : (3, 1) float64
    lambda_ : float
    """
    m = X.shape[0]
    error_train = np.zeros((m, 1))
    error_val = np.zeros((m, 1))
    for i in range(1, m + 1):
        theta = trainLinearReg(X[:i], y[:i], lambda_)
        error_train = assign(error_train, linearRegCost(X[:i], y[:i], theta, 0), i)
        error_val = assign(error_val, linearRegCost(Xval, yval, theta, 0), i)
    return error_train, error_val
