import numpy as np

from port.migrate.runtime import diag, index, min_, mldivide, mtimes


def bestDecay(A=None, t=None, B=None, u=None):
    """Observed arguments:
    A : (6, 3) float64
    t : (6, 1) float64
    B : (3, 3) float64
    u : (3, 1) float64
    """
    tried = np.array([[0.0, 0.002, 0.005, 0.02, 0.05, 0.2, 0.5, 2.0, 5.0]]).T
    costs = np.zeros((tried.size, 1))
    for k in range(1, tried.size + 1):
        decay = tried[k - 1, 0]
        w = mtimes(
            mldivide(
                A.T @ A
                + decay * diag(np.vstack([[[0]], np.ones((A.shape[1] - 1, 1))])),
                A.T,
            ),
            t,
        )
        r = B @ w - u
        costs[k - 1, 0] = (r.T @ r).item() / 2 / B.shape[0]
    unused, k = min_(costs, nargout=2)
    best = index(tried, k)
    return tried, costs, best
