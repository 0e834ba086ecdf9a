from port.migrate.runtime import (
    COLON,
    colon,
    ctranspose,
    index,
    last,
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
    X = reshape(
        index(params, colon(1, mtimes(num_movies, num_features))),
        num_movies,
        num_features,
    )
    Theta = reshape(
        index(params, colon(mtimes(num_movies, num_features) + 1, last(params))),
        num_users,
        num_features,
    )
    J = 0
    X_grad = zeros(size(X))
    Theta_grad = zeros(size(Theta))

    err = (mtimes(X, ctranspose(Theta)) - Y) * R
    J = 1 / 2 * sum_(sum_(err**2)) + mtimes(
        lambda_ / 2, sum_(sum_(Theta**2)) + sum_(sum_(X**2))
    )
    X_grad = mtimes(err, Theta) + mtimes(lambda_, X)
    Theta_grad = mtimes(ctranspose(err), X) + mtimes(lambda_, Theta)
    grad = vertcat(index(X_grad, COLON), index(Theta_grad, COLON))
    return J, grad
