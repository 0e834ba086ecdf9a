import numpy as np

from port.migrate.runtime import COLON, assign, columns_of, copied, index, mean, std


def featureNormalize(X=None):
    """FEATURENORMALIZE Normalizes the features in X"""
    X_norm = copied(X)
    mu = np.zeros((1, columns_of(X)))
    sigma = np.zeros((1, columns_of(X)))

    mu = mean(X)
    sigma = std(X)
    for i in range(1, columns_of(X) + 1):
        X_norm = assign(
            X_norm, (index(X, COLON, i) - index(mu, i)) / index(sigma, i), COLON, i
        )
    return X_norm, mu, sigma
