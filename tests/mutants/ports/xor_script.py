import numpy as np

samples = np.array([[0, 0], [0, 1], [1, 0], [1, 1]], dtype=float)
answers = np.array([0, 1, 1, 0], dtype=float)
weights1 = np.array([[0.3, -0.2, 0.5], [-0.4, 0.1, 0.2], [0.25, 0.6, -0.7]])
weights2 = np.array([0.2, -0.5, 0.35, 0.15])
rate = 0.5
errors = []
for epoch in range(30):
    total = 0.0
    for sample, answer in zip(samples, answers):
        x = np.concatenate([[1], sample])
        hidden = np.tanh(weights1 @ x)
        h = np.concatenate([[1], hidden])
        miss = weights2 @ h - answer
        total += miss**2
        d = weights2[1:] * miss * (1 - hidden**2)
        weights2 = weights2 - rate * miss * h
        weights1 = weights1 - rate * np.outer(d, x)
    errors.append(total / 4)
final = errors[-1]
