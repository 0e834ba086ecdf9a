def shapes(alpha=None, v=None, w=None, M=None):
    """the same star is a product of numbers, of vectors or of matrices

    Observed arguments:
    alpha : float
    v : (1, 3) float64
    w : (3, 1) float64
    M : (3, 3) float64
    """
    a = alpha * v
    b = (v @ w).item()
    c = w @ v
    d = (alpha * M @ w) / alpha
    e = (v @ M @ w).item()
    return a, b, c, d, e
