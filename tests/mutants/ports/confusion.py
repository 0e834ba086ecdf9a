import numpy as np


def evaluate(scores, truth, classes):
    guess = scores.argmax(axis=1)
    table = np.zeros((classes, classes))
    np.add.at(table, (truth - 1, guess), 1)
    hits = guess == truth - 1
    accuracy = 100 * hits.mean()
    per_class = np.diag(table) / np.maximum(table.sum(axis=0), 1)
    return table, accuracy, per_class
