import numpy as np

from port.migrate.runtime import close, fprintf

# XOR with one hidden layer, a plain script as courses hand them out
# clear;  (MATLAB)
# clc;  (MATLAB)
close("all")
X = np.array([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]]).T
T = np.array([[0.0, 1.0, 1.0, 0.0]])
W1 = np.array([[0.5, -0.4], [0.3, 0.8]])
b1 = np.array([[0.1], [-0.2]])
W2 = np.array([[0.7, -0.6]])
b2 = 0.05
eta = 0.5
errors = np.zeros((1, 20))
for epoch in range(1, 21):
    H = np.tanh(W1 @ X + b1 @ np.ones((1, 4)))
    Y = 1 / (1 + np.exp(-(W2 @ H + b2)))
    E = Y - T
    errors[0, epoch - 1] = 0.5 * (E**2).sum()
    d2 = E * Y * (1 - Y)
    d1 = (W2.T @ d2) * (1 - H**2)
    W2 = W2 - eta * d2 @ H.T
    b2 = b2 - eta * d2.sum()
    W1 = W1 - eta * d1 @ X.T
    b1 = b1 - eta * d1.sum(axis=1, keepdims=True)
fprintf("final error %.6f after %d epochs\\n", errors[0, -1], epoch)
