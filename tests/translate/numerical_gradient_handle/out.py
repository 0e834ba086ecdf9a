from port.migrate.runtime import feval, norm
from computeNumericalGradient import computeNumericalGradient


def checkGradient(theta=None, A=None):
    """Observed arguments:
    theta : (3, 1) float64
    A : (3, 3) float64
    """

    def cost(t):
        return quadratic(t, A)

    value, grad = feval(cost, theta, nargout=2)
    numgrad = computeNumericalGradient(cost, theta)
    relative = norm(numgrad - grad) / norm(numgrad + grad) < 1e-08
    return numgrad, grad, relative


def quadratic(t=None, A=None):
    """Observed arguments:
    t : (3, 1) float64
    A : (3, 3) float64
    """
    v = (0.5 * t.T @ A @ t).item()
    g = A @ t
    return v, g
