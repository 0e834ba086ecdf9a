from port.migrate.runtime import feval, norm
from centralSlope import centralSlope


def compareSlopes(x=None, A=None):
    """Observed arguments:
    x : (3, 1) float64
    A : (3, 3) float64
    """

    def bowl(t):
        return quadratic(t, A)

    value, exact = feval(bowl, x, nargout=2)
    bySteps = centralSlope(bowl, x)
    close_ = norm(bySteps - exact) / norm(bySteps + exact) < 1e-08
    return bySteps, exact, close_


def quadratic(t=None, A=None):
    """Observed arguments:
    t : (3, 1) float64
    A : (3, 3) float64
    """
    v = (0.5 * t.T @ A @ t).item()
    g = A @ t
    return v, g
