import numpy as np


def hinge(W, X, y, reg):
    n = X.shape[0]
    k = y.ravel().astype(int) - 1
    scores = X.dot(W)
    right = scores[np.arange(n), k][:, np.newaxis]
    margins = np.maximum(0, scores - right + 1)
    margins[np.arange(n), k] = 0
    loss = margins.sum() / n + reg * np.sum(W * W)
    active = (margins > 0).astype(float)
    active[np.arange(n), k] = -active.sum(axis=1)
    grad = X.T.dot(active) / n + 2 * reg * W
    return loss, grad
