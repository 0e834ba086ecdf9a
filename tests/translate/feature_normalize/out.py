import numpy as np

from port.migrate.runtime import index, std


def featureNormalize(X=None):
    """FEATURENORMALIZE Normalizes the features in X

    Observed arguments:
    X : (5, 2) float64
    """
    X_norm = X.copy()
    mu = np.zeros((1, X.shape[1]))
    sigma = np.zeros((1, X.shape[1]))

    mu = X.mean(axis=0, keepdims=True)
    sigma = std(X)
    for i in range(1, X.shape[1] + 1):
        X_norm[:, [i - 1]] = (X[:, [i - 1]] - mu[0, i - 1]) / index(sigma, i)
    return X_norm, mu, sigma
