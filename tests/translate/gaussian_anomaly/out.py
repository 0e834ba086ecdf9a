from port.migrate.runtime import ctranspose, var
from multivariateGaussian import multivariateGaussian


def estimateGaussian(X=None):
    """Observed arguments:
    X : (5, 2) float64
    """
    m, n = X.shape
    mu = X.mean(axis=0, keepdims=True).T
    sigma2 = ctranspose(var(X, 1))
    p = multivariateGaussian(X, mu, sigma2)
    return mu, sigma2, p
