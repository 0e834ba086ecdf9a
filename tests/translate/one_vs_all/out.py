import numpy as np
from oneAgainstRest import oneAgainstRest


def classByClass(A=None, labels=None, classes=None, lambda_=None):
    """Observed arguments:
    A : (6, 2) float64
    labels : (6, 1) float64
    classes : float
    lambda_ : float
    """
    n = A.shape[0]
    d = A.shape[1]
    W = np.zeros((int(classes), d + 1))
    A = np.hstack([np.ones((n, 1)), A])
    for c in range(1, int(classes) + 1):
        w = np.zeros((d + 1, 1))
        for k in range(1, 16):
            cost, slope = oneAgainstRest(w, A, labels == c, lambda_)
            w = w - 0.5 * slope
        W[[c - 1], :] = w.T
    return W
