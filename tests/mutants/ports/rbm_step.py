import numpy as np


class Machine:
    def __init__(self, weights, visible, hidden):
        self.weights = weights
        self.visible = visible
        self.hidden = hidden

    @staticmethod
    def sigma(v):
        return 1 / (1 + np.exp(-v))

    def up(self, v):
        return self.sigma(v @ self.weights + self.hidden)

    def down(self, h):
        return self.sigma(h @ self.weights.T + self.visible)

    def step(self, batch, noise, rate, decay):
        """One step of contrastive divergence; samples in rows."""
        count = batch.shape[0]
        up = self.up(batch)
        fantasy = self.down((up > noise).astype(float))
        again = self.up(fantasy)
        change = (batch.T @ up - fantasy.T @ again) / count
        self.weights = self.weights + rate * (change - decay * self.weights)
        self.visible = self.visible + rate * (batch - fantasy).mean(axis=0)
        self.hidden = self.hidden + rate * (up - again).mean(axis=0)
        return np.sum((batch - fantasy) ** 2) / count


def run(weights, visible, hidden, batch, noise, rate, decay):
    machine = Machine(weights, visible, hidden)
    error = machine.step(batch, noise, rate, decay)
    return machine.weights, machine.visible, machine.hidden, error
