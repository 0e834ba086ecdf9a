import numpy as np


def softmax_cost(theta, samples, labels, decay):
    """A sample is a row; theta is (features, classes)."""
    n = len(samples)
    scores = samples @ theta
    scores = scores - scores.max(axis=1, keepdims=True)
    e = np.exp(scores)
    prob = e / e.sum(axis=1, keepdims=True)
    onehot = np.zeros_like(prob)
    onehot[np.arange(n), labels - 1] = 1
    loss = -(onehot * np.log(prob)).sum() / n + decay / 2 * (theta**2).sum()
    grad = -samples.T @ (onehot - prob) / n + decay * theta
    return loss, grad
