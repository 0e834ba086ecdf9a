import numpy as np

from port.migrate.runtime import (
    COLON,
    assign,
    copied,
    ctranspose,
    index,
    mpower,
    mrdivide,
    mtimes,
    sum_,
)


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
        for k in range(1, K + 1):
            r = assign(
                r,
                mrdivide(
                    mtimes(
                        index(w, k),
                        np.exp(
                            mrdivide(
                                -((x - index(mu, k)) ** 2),
                                2 * mpower(index(sigma, k), 2),
                            )
                        ),
                    ),
                    np.sqrt(2 * np.pi) * index(sigma, k),
                ),
                COLON,
                k,
            )
        ll = assign(ll, sum_(np.emath.log(sum_(r, 2))), it)
        r = r / sum_(r, 2)
        Nk = sum_(r)
        mu = ctranspose(mtimes(ctranspose(r), x)) / Nk
        sigma = np.emath.sqrt((r * (x - mu) ** 2).sum(axis=0, keepdims=True) / Nk)
        w = Nk / N
    return mu, sigma, w, ll
