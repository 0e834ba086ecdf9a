from port.migrate.runtime import length


def residualCost(A=None, t=None, w=None, lambda_=None):
    """Observed arguments:
    A : (?, 2) float64
    t : float64
    w : (2, 1) float64
    lambda_ : float
    """
    n = length(t)
    c = 1 / (2 * n) * ((A @ w - t) ** 2).sum() + lambda_ / (2 * n) * (w[1:] ** 2).sum()
    return c
