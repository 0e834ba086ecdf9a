from port.migrate.runtime import (
    COLON,
    colon,
    ctranspose,
    index,
    mtimes,
    reshape,
    size,
    sum_,
    vertcat,
    zeros,
)


def cofiCostFunc(
    params=None,
    Y=None,
    R=None,
    num_users=None,
    num_movies=None,
    num_features=None,
    lambda_=None,
):
    """Observed arguments:
    params : (14, 1) float64
    Y : (4, 3) float64
    R : (4, 3) float64
    num_users : float
    num_movies : float
    num_features : float
    lambda_ : float
    """
    X = reshape(
        index(params, colon(1, num_movies * num_features)), num_movies, num_features
    )
    Theta = reshape(
        index(params, colon(num_movies * num_features + 1, params.size)),
        num_users,
        num_features,
    )
    J = 0
    X_grad = zeros(size(X))
    Theta_grad = zeros(size(Theta))

    err = (mtimes(X, ctranspose(Theta)) - Y) * R
    J = 1 / 2 * (err**2).sum() + lambda_ / 2 * (sum_(sum_(Theta**2)) + sum_(sum_(X**2)))
    X_grad = mtimes(err, Theta) + lambda_ * X
    Theta_grad = mtimes(err.T, X) + lambda_ * Theta
    grad = vertcat(index(X_grad, COLON), index(Theta_grad, COLON))
    return J, grad
