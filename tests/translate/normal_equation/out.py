import numpy as np

from port.migrate.runtime import mtimes, pinv


def normalEqn(X=None, y=None):
    X = np.atleast_2d(X)
    theta = mtimes(mtimes(pinv(X.T @ X), X.T), y)
    return theta
