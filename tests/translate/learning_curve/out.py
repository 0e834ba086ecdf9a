import numpy as np

from port.migrate.runtime import COLON, assign, index, rows
from linearRegCost import linearRegCost
from trainLinearReg import trainLinearReg


def learningCurve(X=None, y=None, Xval=None, yval=None, lambda_=None):
    m = rows(X)
    error_train = np.zeros((m, 1))
    error_val = np.zeros((m, 1))
    for i in range(1, m + 1):
        theta = trainLinearReg(
            index(X, np.arange(1.0, i + 1)[np.newaxis], COLON),
            index(y, np.arange(1.0, i + 1)[np.newaxis]),
            lambda_,
        )
        error_train = assign(
            error_train,
            linearRegCost(
                index(X, np.arange(1.0, i + 1)[np.newaxis], COLON),
                index(y, np.arange(1.0, i + 1)[np.newaxis]),
                theta,
                0,
            ),
            i,
        )
        error_val = assign(error_val, linearRegCost(Xval, yval, theta, 0), i)
    return error_train, error_val
