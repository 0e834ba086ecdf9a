import numpy as np

from port.migrate.runtime import det, diag, mtimes, pinv, power


def multivariateGaussian(X=None, mu=None, Sigma2=None):
    """Observed arguments:
    X : (5, 2) float64
    mu : (2, 1) float64
    Sigma2 : (2, 1) float64
    """
    k = mu.size
    if Sigma2.shape[1] == 1 or Sigma2.shape[0] == 1:
        Sigma2 = diag(Sigma2)
    X = X - mu.T
    p = (
        power(2 * np.pi, -k / 2)
        * power(det(Sigma2), -0.5)
        * np.exp(-0.5 * (mtimes(X, pinv(Sigma2)) * X).sum(axis=1, keepdims=True))
    )
    return p
