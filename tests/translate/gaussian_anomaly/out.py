from port.migrate.runtime import ctranspose, dimensions, mean, var
from multivariateGaussian import multivariateGaussian


def estimateGaussian(X=None):
    m, n = dimensions(X, 2)
    mu = ctranspose(mean(X))
    sigma2 = ctranspose(var(X, 1))
    p = multivariateGaussian(X, mu, sigma2)
    return mu, sigma2, p
