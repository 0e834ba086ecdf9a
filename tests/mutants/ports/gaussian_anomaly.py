import numpy as np


def density(X):
    mu = X.mean(axis=0)
    s2 = X.var(axis=0)
    each = np.exp(-((X - mu) ** 2) / (2 * s2)) / np.sqrt(2 * np.pi * s2)
    return each.prod(axis=1)


def select(X, y):
    p = density(X)
    best_eps, best_score = 0.0, 0.0
    for i in range(51):
        eps = p.min() + i * (p.max() - p.min()) / 50
        flagged = p < eps
        tp = np.sum(flagged & (y == 1))
        if tp == 0:
            continue
        prec = tp / flagged.sum()
        rec = tp / (y == 1).sum()
        score = 2 * prec * rec / (prec + rec)
        if score > best_score:
            best_score, best_eps = score, eps
    return p, best_eps, best_score
