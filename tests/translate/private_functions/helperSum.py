def helperSum(x=None):
    """Observed arguments:
    x : (2, 2) float64
    """
    s = x.reshape(-1, 1, order="F").sum()
    return s
