import numpy as np

from port.migrate.runtime import (
    COLON,
    columns_of,
    ctranspose,
    det,
    diag,
    index,
    length,
    mtimes,
    pinv,
    power,
    rows,
    sum_,
)


def multivariateGaussian(X=None, mu=None, Sigma2=None):
    k = length(mu)
    if columns_of(Sigma2) == 1 or rows(Sigma2) == 1:
        Sigma2 = diag(Sigma2)
    X = X - ctranspose(index(mu, COLON))
    p = (
        power(2 * np.pi, -k / 2)
        * power(det(Sigma2), -0.5)
        * np.exp(-0.5 * sum_(mtimes(X, pinv(Sigma2)) * X, 2))
    )
    return p
