from port.migrate.runtime import mtimes, pinv


def closedForm(A=None, t=None):
    """Observed arguments:
    A : (5, 3) float64
    t : (5, 1) float64
    """
    w = mtimes(mtimes(pinv(A.T @ A), A.T), t)
    return w
