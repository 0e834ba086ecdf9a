import numpy as np
from squash import squash


def penalisedLogistic(w=None, A=None, t=None, lambda_=None):
    """PENALISEDLOGISTIC  cross-entropy of a logistic unit with weight decay

    Observed arguments:
    w : (3, 1) float64
    A : (5, 3) float64
    t : (5, 1) float64
    lambda_ : float
    """
    n = t.size

    p = squash(A @ w)
    penalised = np.vstack([[[0]], w[1:]])

    cost = (
        -1
        / n
        * ((t.T @ np.emath.log(p)).item() + ((1 - t).T @ np.emath.log(1 - p)).item())
        + lambda_ / (2 * n) * (penalised.T @ penalised).item()
    )
    slope = 1 / n * (A.T @ (p - t) + lambda_ * penalised)
    return cost, slope
