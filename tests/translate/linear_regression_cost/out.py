def halfMeanSquare(A=None, target=None, w=None):
    """HALFMEANSQUARE  half the mean squared residual of a linear model
       A holds a sample in each row, target the wanted values.

    Observed arguments:
    A : (6, 2) float64
    target : (6, 1) float64
    w : (2, 1) float64
    """

    n = target.size  # samples

    cost = 0

    residual = A @ w - target
    squared = residual**2

    cost = 1 / (2 * n) * squared.sum()
    return cost
