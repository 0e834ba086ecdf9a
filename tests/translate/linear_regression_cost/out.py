import numpy as np

from port.migrate.runtime import length, mtimes, sum_


def computeCost(X=None, y=None, theta=None):
    """COMPUTECOST Compute cost for linear regression
    J = COMPUTECOST(X, y, theta) computes the cost of using theta as the
    parameter for linear regression to fit the data points in X and y
    """
    y = np.atleast_2d(y)

    # Initialize some useful values
    m = length(y)  # number of training examples

    J = 0

    predictions = mtimes(X, theta)
    sqrErrors = (predictions - y) ** 2

    J = 1 / (2 * m) * sum_(sqrErrors)
    return J
