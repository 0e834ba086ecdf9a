import numpy as np

from port.migrate.runtime import COLON, assign, index, mean, std


def featureNormalize(X=None):
    """FEATURENORMALIZE Normalizes the features in X"""
    X = np.atleast_2d(X)
    X_norm = X.copy()
    mu = np.zeros((1, X.shape[1]))
    sigma = np.zeros((1, X.shape[1]))

    mu = mean(X)
    sigma = std(X)
    for i in range(1, X.shape[1] + 1):
        X_norm = assign(
            X_norm, (X[:, [i - 1]] - index(mu, i)) / index(sigma, i), COLON, i
        )
    return X_norm, mu, sigma
