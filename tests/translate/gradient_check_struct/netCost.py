import numpy as np

from port.migrate.runtime import ctranspose, mtimes, put, sum_


def netCost(params=None, X=None, y=None, *, nargout=2):
    X = np.atleast_2d(X)
    grads = None
    H = np.tanh(mtimes(params.W1, X) + params.b1)
    out = mtimes(params.W2, H)
    r = out - y
    J = 0.5 * mtimes(r, ctranspose(r))
    if nargout < 2:
        return J, grads
    grads = put(grads, mtimes(r, ctranspose(H)), "W2")
    dH = mtimes(ctranspose(params.W2), r) * (1 - H**2)
    grads.W1 = mtimes(dH, X.T)
    grads.b1 = sum_(dH, 2)
    return J, grads
