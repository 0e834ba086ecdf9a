import numpy as np

from port.migrate.runtime import mtimes


def quadraticCost(x=None, A=None, b=None):
    x, b = np.atleast_2d(x, b)
    J = mtimes(mtimes(0.5 * x.T, A), x) - b.T @ x
    grad = mtimes(A, x) - b
    return J, grad
