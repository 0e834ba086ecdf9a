def broadcasting(r=None, col=None, M=None):
    """Observed arguments:
    r : (1, 3) float64
    col : (2, 1) float64
    M : (2, 3) float64
    """
    a = r + col
    b = M - M.mean(axis=1, keepdims=True)
    c = col * r - (M - r[:, : M.shape[1]])
    d = M / M.sum(axis=0, keepdims=True)
    return a, b, c, d
