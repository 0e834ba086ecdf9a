import numpy as np


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def cost(W1, W2, X, labels, classes, lam):
    """Vectorised over the samples, which stay in rows."""
    m = X.shape[0]
    Y = np.eye(classes)[labels.ravel().astype(int) - 1]
    A1 = np.hstack([np.ones((m, 1)), X])
    Z2 = A1 @ W1.T
    H = sigmoid(Z2)
    A2 = np.hstack([np.ones((m, 1)), H])
    P = sigmoid(A2 @ W2.T)
    loss = np.sum(-Y * np.log(P) - (1 - Y) * np.log(1 - P)) / m
    penalty = lam / (2 * m) * (np.sum(W1[:, 1:] ** 2) + np.sum(W2[:, 1:] ** 2))
    loss = loss + penalty
    D3 = P - Y
    D2 = (D3 @ W2)[:, 1:] * H * (1 - H)
    G1 = D2.T @ A1 / m
    G2 = D3.T @ A2 / m
    G1[:, 1:] += lam / m * W1[:, 1:]
    G2[:, 1:] += lam / m * W2[:, 1:]
    return loss, G1, G2
