import numpy as np


def learn(X, y, limit):
    weights = np.zeros(X.shape[1])
    bias = 0.0
    log = []
    for _ in range(limit):
        errors = 0
        for row, label in zip(X, y):
            if label * (row @ weights + bias) <= 0:
                weights = weights + label * row
                bias += label
                errors += 1
        log.append(errors)
        if errors == 0:
            break
    return weights, bias, log
