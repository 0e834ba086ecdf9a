import numpy as np

from port.migrate.runtime import feval, mtimes, norm
from computeNumericalGradient import computeNumericalGradient


def checkGradient(theta=None, A=None):
    def cost(t):
        return quadratic(t, A)

    value, grad = feval(cost, theta, nargout=2)
    numgrad = computeNumericalGradient(cost, theta)
    relative = norm(numgrad - grad) / norm(numgrad + grad) < 1e-08
    return numgrad, grad, relative


def quadratic(t=None, A=None):
    t = np.atleast_2d(t)
    v = mtimes(mtimes(0.5 * t.T, A), t)
    g = mtimes(A, t)
    return v, g
