import numpy as np

from port.migrate.runtime import max_


def predictOneVsAll(all_theta=None, X=None):
    """Observed arguments:
    all_theta : (3, 3) float64
    X : (4, 2) float64
    """
    m = X.shape[0]
    num_labels = all_theta.shape[0]
    p = np.zeros((X.shape[0], 1))
    X = np.hstack([np.ones((m, 1)), X])
    _, p = max_(1 / (1 + np.exp(-X @ all_theta.T)), np.zeros((0, 0)), 2, nargout=2)
    return p
