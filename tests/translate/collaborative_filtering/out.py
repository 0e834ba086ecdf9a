import numpy as np


def factorCost(
    packed=None, Y=None, seen=None, people=None, films=None, k=None, lambda_=None
):
    """Observed arguments:
    packed : (14, 1) float64
    Y : (4, 3) float64
    seen : (4, 3) float64
    people : float
    films : float
    k : float
    lambda_ : float
    """
    F = packed[: int(films * k)].reshape(int(films), int(k), order="F")
    P = packed[int(films * k) :].reshape(int(people), int(k), order="F")
    cost = 0
    dF = np.zeros(F.shape)
    dP = np.zeros(P.shape)

    miss = (F @ P.T - Y) * seen
    cost = 1 / 2 * (miss**2).sum(axis=0).sum() + lambda_ / 2 * (
        (P**2).sum(axis=0).sum() + (F**2).sum(axis=0).sum()
    )
    dF = miss @ P + lambda_ * F
    dP = miss.T @ F + lambda_ * P
    slope = np.vstack([dF.reshape(-1, 1, order="F"), dP.reshape(-1, 1, order="F")])
    return cost, slope
