import numpy as np

from port.migrate.runtime import assign, index, size


def computeNumericalGradient(J=None, theta=None):
    """COMPUTENUMERICALGRADIENT Computes the gradient using "finite differences"

    Observed arguments:
    J : struct
    theta : (3, 1) float64
    """
    numgrad = np.zeros(theta.shape)
    perturb = np.zeros(theta.shape)
    e = 0.0001
    for p in range(1, theta.size + 1):
        perturb[p - 1, 0] = e
        loss1 = index(J, theta - perturb)
        loss2 = index(J, theta + perturb)
        numgrad = assign(numgrad, (loss2 - loss1) / (2 * e), p)
        perturb[p - 1, 0] = 0
    return numgrad
