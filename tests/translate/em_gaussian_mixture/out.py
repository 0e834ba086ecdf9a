import numpy as np

from port.migrate.runtime import COLON, assign, copied


def gmmEm(x=None, mu=None, sigma=None, w=None, iters=None):
    """Observed arguments:
    x : (7, 1) float64
    mu : (1, 2) float64
    sigma : (1, 2) float64
    w : (1, 2) float64
    iters : float
    """
    mu = copied(mu)
    sigma = copied(sigma)
    w = copied(w)
    K = mu.size
    N = x.size
    ll = np.zeros((1, int(iters)))
    for it in range(1, int(iters) + 1):
        r = np.zeros((N, K))
        for k in range(K):
            r = assign(
                r,
                w[0, k]
                * np.exp(-((x - mu[0, k]) ** 2) / (2 * sigma[0, k] ** 2))
                / (np.sqrt(2 * np.pi) * sigma[0, k]),
                COLON,
                k + 1,
            )
        ll = assign(ll, np.emath.log(r.sum(axis=1, keepdims=True)).sum(), it)
        r = r / r.sum(axis=1, keepdims=True)
        Nk = r.sum(axis=0, keepdims=True)
        mu = (r.T @ x).T / Nk
        sigma = np.emath.sqrt((r * (x - mu) ** 2).sum(axis=0, keepdims=True) / Nk)
        w = Nk / N
    return mu, sigma, w, ll
