import numpy as np

from port.migrate.runtime import assign
from residualCost import residualCost
from ridge import ridge


def growingTraining(A=None, t=None, B=None, u=None, lambda_=None):
    """Observed arguments:
    A : (5, 2) float64
    t : (5, 1) float64
    B : (3, 2) float64
    u : (3, 1) float64
    lambda_ : float
    """
    n = A.shape[0]
    seen = np.zeros((n, 1))
    unseen = np.zeros((n, 1))
    for k in range(1, n + 1):
        w = ridge(A[:k], t[:k], lambda_)
        seen = assign(seen, residualCost(A[:k], t[:k], w, 0), k)
        unseen = assign(unseen, residualCost(B, u, w, 0), k)
    return seen, unseen
