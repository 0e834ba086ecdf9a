from port.migrate.runtime import length


def linearRegCost(X=None, y=None, theta=None, lambda_=None):
    """Observed arguments:
    X : (?, 2) float64
    y : float64
    theta : (2, 1) float64
    lambda_ : float
    """
    m = length(y)
    J = (
        1 / (2 * m) * ((X @ theta - y) ** 2).sum()
        + lambda_ / (2 * m) * (theta[1:] ** 2).sum()
    )
    return J
