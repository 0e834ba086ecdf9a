from port.migrate.runtime import mtimes, pinv


def normalEqn(X=None, y=None):
    theta = mtimes(mtimes(pinv(X.T @ X), X.T), y)
    return theta
