import numpy as np

from port.migrate.runtime import assign, vertcat


def adaline(X=None, d=None, mu=None, epochs=None):
    """Observed arguments:
    X : (4, 2) float64
    d : (4, 1) float64
    mu : float
    epochs : float
    """
    X = np.hstack([X, np.ones((X.shape[0], 1))])
    w = np.zeros((X.shape[1], 1))
    mse = np.zeros((0, 0))
    for ep in range(1, int(epochs) + 1):
        e2 = 0
        for n in range(X.shape[0]):
            x = X[[n]].T
            e = d[n, 0] - (w.T @ x).item()
            w = w + 2 * mu * e * x
            e2 = e2 + e**2
        mse = vertcat(mse, e2 / X.shape[0])
    yhat = np.sign(X @ w)
    yhat = assign(yhat, 1, yhat == 0)
    return w, mse, yhat
