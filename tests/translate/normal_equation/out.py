from port.migrate.runtime import mtimes, pinv


def normalEqn(X=None, y=None):
    """Observed arguments:
    X : (5, 3) float64
    y : (5, 1) float64
    """
    theta = mtimes(mtimes(pinv(X.T @ X), X.T), y)
    return theta
