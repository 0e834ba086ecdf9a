def broadcasting(r=None, col=None, M=None):
    a = r + col
    b = M - M.mean(axis=1, keepdims=True)
    c = col * r - (M - r[:, : M.shape[1]])
    d = M / M.sum(axis=0, keepdims=True)
    return a, b, c, d
