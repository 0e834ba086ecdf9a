import numpy as np


class Adam:
    def __init__(self, rate, first=0.9, second=0.999, floor=1e-8):
        self.rate = rate
        self.first = first
        self.second = second
        self.floor = floor
        self.count = 0
        self.mean = {}
        self.power = {}

    def update(self, params, grads):
        self.count += 1
        for name, g in grads.items():
            self.mean[name] = self.first * self.mean.get(name, 0) + (1 - self.first) * g
            self.power[name] = self.second * self.power.get(name, 0) + (1 - self.second) * g**2
            m_hat = self.mean[name] / (1 - self.first**self.count)
            v_hat = self.power[name] / (1 - self.second**self.count)
            params[name] = params[name] - self.rate * m_hat / (np.sqrt(v_hat) + self.floor)


def softmax(scores):
    shifted = scores - scores.max(axis=1, keepdims=True)
    e = np.exp(shifted)
    return e / e.sum(axis=1, keepdims=True)


def train(weights, bias, samples, classes, rate, epochs):
    """Samples in rows."""
    onehot = np.eye(bias.size)[classes]
    params = {"w": weights, "b": bias}
    optimiser = Adam(rate)
    history = []
    for _ in range(epochs):
        probs = softmax(samples @ params["w"] + params["b"])
        history.append(-np.mean(np.sum(onehot * np.log(probs), axis=1)))
        delta = (probs - onehot) / len(samples)
        optimiser.update(params, {"w": samples.T @ delta, "b": delta.sum(axis=0)})
    return params["w"], params["b"], history
