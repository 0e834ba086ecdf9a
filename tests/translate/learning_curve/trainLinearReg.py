import numpy as np

from port.migrate.runtime import assign, columns_of, ctranspose, mldivide, mtimes


def trainLinearReg(X=None, y=None, lambda_=None):
    L = np.eye(columns_of(X))
    L = assign(L, 0, 1, 1)
    theta = mldivide(
        mtimes(ctranspose(X), X) + mtimes(lambda_, L) + 0.001 * np.eye(columns_of(X)),
        mtimes(ctranspose(X), y),
    )
    return theta
