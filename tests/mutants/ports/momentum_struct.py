import numpy as np


class Net:
    def __init__(self, weights):
        self.W = [w.copy() for w in weights]
        self.v = [np.zeros_like(w) for w in weights]
        self.loss = []

    def forward(self, x):
        acts = []
        for i, w in enumerate(self.W):
            x = np.hstack([np.ones((len(x), 1)), x])
            acts.append(x)
            x = x @ w.T
            if i < len(self.W) - 1:
                x = np.tanh(x)
        return acts, x

    def step(self, x, y, rate, momentum):
        acts, out = self.forward(x)
        delta = out - y
        self.loss.append(np.sum(delta**2) / 2 / len(x))
        for i in reversed(range(len(self.W))):
            g = delta.T @ acts[i] / len(x)
            if i > 0:
                delta = ((delta @ self.W[i]) * (1 - acts[i] ** 2))[:, 1:]
            self.v[i] = momentum * self.v[i] + rate * g
            self.W[i] = self.W[i] - self.v[i]


def fit(weights, X, Y, rate, momentum, batch):
    net = Net(weights)
    for start in range(0, len(X), batch):
        net.step(X[start : start + batch], Y[start : start + batch], rate, momentum)
    return net
