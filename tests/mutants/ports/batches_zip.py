import numpy as np


def batches(X, Y, size):
    for start in range(0, len(X), size):
        yield X[start : start + size], Y[start : start + size]


def gradients(params, x, y):
    (w1, b1), (w2, b2) = params
    pre = x @ w1 + b1
    hidden = np.maximum(pre, 0)
    err = hidden @ w2 + b2 - y
    size = len(x)
    loss = np.sum(err**2) / (2 * size)
    back = (err @ w2.T) * (pre > 0)
    return loss, [
        (x.T @ back / size, back.mean(axis=0)),
        (hidden.T @ err / size, err.mean(axis=0)),
    ]


def descend(weights, biases, X, Y, rate, momentum, size):
    layers = [(w, b.ravel()) for w, b in zip(weights, biases)]
    speed = [(np.zeros_like(w), np.zeros_like(b)) for w, b in layers]
    losses = []
    for x, y in batches(X, Y, size):
        ahead = [(w - momentum * vw, b - momentum * vb) for (w, b), (vw, vb) in zip(layers, speed)]
        loss, grads = gradients(ahead, x, y)
        losses.append(loss)
        speed = [
            (momentum * vw + rate * gw, momentum * vb + rate * gb) for (vw, vb), (gw, gb) in zip(speed, grads)
        ]
        layers = [(w - vw, b - vb) for (w, b), (vw, vb) in zip(layers, speed)]
    return [w for w, _ in layers], [b for _, b in layers], losses
