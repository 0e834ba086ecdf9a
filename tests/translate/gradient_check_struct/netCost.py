from types import SimpleNamespace

import numpy as np


def netCost(params=None, X=None, y=None, *, nargout=2):
    """Observed arguments:
    params : struct
    X : (2, 3) float64
    y : (1, 3) float64
    """
    grads = None
    H = np.tanh(params.W1 @ X + params.b1)
    out = params.W2 @ H
    r = out - y
    J = 0.5 * (r @ r.T).item()
    if nargout < 2:
        return J, grads
    grads = SimpleNamespace(W2=r @ H.T)
    dH = (params.W2.T @ r) * (1 - H**2)
    grads.W1 = dH @ X.T
    grads.b1 = dH.sum(axis=1, keepdims=True)
    return J, grads
