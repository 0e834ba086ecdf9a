def bowl(x=None, A=None, b=None):
    """Observed arguments:
    x : (3, 1) float64
    A : (3, 3) float64
    b : (3, 1) float64
    """
    value = (0.5 * x.T @ A @ x).item() - (b.T @ x).item()
    slope = A @ x - b
    return value, slope
