import numpy as np


def slope(w, X, target):
    out = np.tanh(X.dot(w))
    residual = out - target
    error = 0.5 * np.mean(residual**2)
    return error, np.mean(X * (residual * (1 - out * out))[:, np.newaxis], axis=0)


def minimise(w, X, target, tolerance, limit):
    sizes = np.full(w.shape, 0.1)
    previous = np.zeros_like(w)
    for turn in range(1, limit + 1):
        error, grad = slope(w, X, target)
        if np.linalg.norm(grad) < tolerance:
            return w, turn, error
        agreement = grad * previous
        grown = np.minimum(sizes * 1.2, 50)
        shrunk = np.maximum(sizes * 0.5, 1e-6)
        sizes = np.where(agreement > 0, grown, np.where(agreement < 0, shrunk, sizes))
        w = w - np.sign(grad) * sizes
        previous = grad
    return w, limit, error
