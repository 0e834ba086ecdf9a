from port.migrate.runtime import (
    COLON,
    colon,
    ctranspose,
    index,
    mtimes,
    reshape,
    size,
    sum_,
    vertcat,
    zeros,
)


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
    F = reshape(index(packed, colon(1, films * k)), films, k)
    P = reshape(index(packed, colon(films * k + 1, packed.size)), people, k)
    cost = 0
    dF = zeros(size(F))
    dP = zeros(size(P))

    miss = (mtimes(F, ctranspose(P)) - Y) * seen
    cost = 1 / 2 * (miss**2).sum() + lambda_ / 2 * (sum_(sum_(P**2)) + sum_(sum_(F**2)))
    dF = mtimes(miss, P) + lambda_ * F
    dP = mtimes(miss.T, F) + lambda_ * P
    slope = vertcat(index(dF, COLON), index(dP, COLON))
    return cost, slope
