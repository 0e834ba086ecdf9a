def computeCost(X=None, y=None, theta=None):
    """COMPUTECOST Compute cost for linear regression
       J = COMPUTECOST(X, y, theta) computes the cost of using theta as the
       parameter for linear regression to fit the data points in X and y

    Observed arguments:
    X : (6, 2) float64
    y : (6, 1) float64
    theta : (2, 1) float64
    """

    # Initialize some useful values
    m = y.size  # number of training examples

    J = 0

    predictions = X @ theta
    sqrErrors = (predictions - y) ** 2

    J = 1 / (2 * m) * sqrErrors.sum()
    return J
