from collections import Counter

import numpy as np


def vote(items):
    counts = Counter(items.tolist())
    best = max(counts.values())
    return min(label for label, count in counts.items() if count == best)


def classify(train, labels, test, truth, k):
    squares = (test**2).sum(axis=1)[:, None] + (train**2).sum(axis=1) - 2 * test @ train.T
    distance = np.sqrt(np.maximum(squares, 0))
    nearest = np.argsort(distance, axis=1, kind="stable")[:, :k]
    guesses = np.array([vote(labels[row]) for row in nearest])
    return guesses, distance, np.mean(guesses != truth)
