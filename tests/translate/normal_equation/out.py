from port.migrate.runtime import ctranspose, mtimes, pinv


def normalEqn(X=None, y=None):
    theta = mtimes(mtimes(pinv(mtimes(ctranspose(X), X)), ctranspose(X)), y)
    return theta
