import numpy as np

from port.migrate.runtime import assign, diag, index, min_, mldivide, mtimes


def validationCurve(X=None, y=None, Xval=None, yval=None):
    """Observed arguments:
    X : (6, 3) float64
    y : (6, 1) float64
    Xval : (3, 3) float64
    yval : (3, 1) float64
    """
    lambda_vec = np.array([[0.0, 0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1.0, 3.0, 10.0]]).T
    error_val = np.zeros((lambda_vec.size, 1))
    for i in range(1, lambda_vec.size + 1):
        lambda_ = lambda_vec[i - 1, 0]
        theta = mtimes(
            mldivide(
                X.T @ X
                + lambda_ * diag(np.vstack([[[0]], np.ones((X.shape[1] - 1, 1))])),
                X.T,
            ),
            y,
        )
        r = mtimes(Xval, theta) - yval
        error_val = assign(error_val, (r.T @ r) / 2 / Xval.shape[0], i)
    dummy, k = min_(error_val, nargout=2)
    best = index(lambda_vec, k)
    return lambda_vec, error_val, best
