import numpy as np

from port.migrate.runtime import assign, diag, index, max_


def confusion(pred=None, actual=None):
    """Observed arguments:
    pred : (7, 1) float64
    actual : (7, 1) float64
    """
    K = max_(np.vstack([pred, actual]))
    C = np.zeros((int(K), int(K)))
    for i in range(actual.size):
        C = assign(C, index(C, actual[i, 0], pred[i, 0]) + 1, actual[i, 0], pred[i, 0])
    acc = (pred == actual).astype(float).mean() * 100
    perclass = diag(C) / C.sum(axis=1, keepdims=True)
    return C, acc, perclass
