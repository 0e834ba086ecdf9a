import numpy as np


def objective(w, A, b):
    return 0.5 * w @ A @ w - b @ w


def check(w, A, b, eps=1e-4):
    steps = eps * np.eye(w.size)
    upper = np.array([objective(w + s, A, b) for s in steps])
    lower = np.array([objective(w - s, A, b) for s in steps])
    approx = (upper - lower) / (2 * eps)
    exact = A @ w - b
    gap = np.linalg.norm(approx - exact) / np.linalg.norm(approx + exact + 1)
    return approx, gap
