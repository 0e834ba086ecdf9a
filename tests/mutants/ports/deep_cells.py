import numpy as np


def forward(params, depth, rows):
    cache = {"h0": rows}
    for i in range(1, depth + 1):
        pre = cache[f"h{i - 1}"] @ params[f"w{i}"].T + params[f"b{i}"]
        cache[f"h{i}"] = np.tanh(pre) if i < depth else 1.0 / (1.0 + np.exp(-pre))
    return cache


def loss(params, depth, rows, targets, decay):
    cache = forward(params, depth, rows)
    y_hat = cache[f"h{depth}"]
    count = rows.shape[0]
    penalty = sum(np.sum(params[f"w{i}"] ** 2) for i in range(1, depth + 1))
    entropy = targets * np.log(y_hat) + (1 - targets) * np.log(1 - y_hat)
    total = -entropy.sum() / count + 0.5 * decay * penalty
    grads = {}
    err = (y_hat - targets) / count
    for i in range(depth, 0, -1):
        grads[f"w{i}"] = err.T @ cache[f"h{i - 1}"] + decay * params[f"w{i}"]
        grads[f"b{i}"] = err.sum(axis=0)
        if i > 1:
            err = (err @ params[f"w{i}"]) * (1 - cache[f"h{i - 1}"] ** 2)
    return total, grads


def evaluate(weights, biases, rows, targets, decay):
    depth = len(weights)
    params = {}
    for i, (w, b) in enumerate(zip(weights, biases), 1):
        params[f"w{i}"] = w
        params[f"b{i}"] = b.ravel()
    total, grads = loss(params, depth, rows, targets, decay)
    return total, [grads[f"w{i + 1}"] for i in range(depth)], [grads[f"b{i + 1}"] for i in range(depth)]
