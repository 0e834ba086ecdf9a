import numpy as np

from port.migrate.runtime import (
    COLON,
    colon,
    ctranspose,
    index,
    mtimes,
    repmat,
    reshape,
    sum_,
    vertcat,
)


def sparseAutoencoderCost(
    theta=None,
    visibleSize=None,
    hiddenSize=None,
    lambda_=None,
    sparsityParam=None,
    beta=None,
    data=None,
):
    """The input theta is a vector (because minFunc expects the parameters to be a vector).

    Observed arguments:
    theta : (31, 1) float64
    visibleSize : float
    hiddenSize : float
    lambda_ : float
    sparsityParam : float
    beta : float
    data : (4, 5) float64
    """
    W1 = reshape(
        index(theta, colon(1, hiddenSize * visibleSize)), hiddenSize, visibleSize
    )
    W2 = reshape(
        index(theta, colon(hiddenSize * visibleSize + 1, 2 * hiddenSize * visibleSize)),
        visibleSize,
        hiddenSize,
    )
    b1 = index(
        theta,
        colon(
            2 * hiddenSize * visibleSize + 1, 2 * hiddenSize * visibleSize + hiddenSize
        ),
    )
    b2 = index(theta, colon(2 * hiddenSize * visibleSize + hiddenSize + 1, theta.size))

    n, m = data.shape

    z2 = mtimes(W1, data) + repmat(b1, 1, m)
    a2 = sigmoid(z2)
    z3 = mtimes(W2, a2) + repmat(b2, 1, m)
    a3 = sigmoid(z3)

    rho = 1 / m * sum_(a2, 2)
    Jcost = 0.5 / m * ((a3 - data) ** 2).sum()
    Jweight = 1 / 2 * (sum_(sum_(W1**2)) + sum_(sum_(W2**2)))
    Jsparse = sum_(
        sparsityParam * np.emath.log(sparsityParam / rho)
        + (1 - sparsityParam) * np.emath.log((1 - sparsityParam) / (1 - rho))
    )
    cost = Jcost + lambda_ * Jweight + beta * Jsparse

    d3 = -(data - a3) * sigmoidInv(z3)
    sterm = beta * (-sparsityParam / rho + (1 - sparsityParam) / (1 - rho))
    d2 = (mtimes(ctranspose(W2), d3) + repmat(sterm, 1, m)) * sigmoidInv(z2)

    W1grad = 1 / m * mtimes(d2, data.T) + lambda_ * W1
    W2grad = 1 / m * mtimes(d3, ctranspose(a2)) + lambda_ * W2
    b1grad = sum_(d2, 2) * (1 / m)
    b2grad = d3.sum(axis=1, keepdims=True) * (1 / m)

    grad = vertcat(
        index(W1grad, COLON), index(W2grad, COLON), index(b1grad, COLON), b2grad
    )
    return cost, grad


def sigmoid(x=None):
    """Observed arguments:
    x : (?, 5) float64
    """
    sigm = 1 / (1 + np.exp(-x))
    return sigm


def sigmoidInv(x=None):
    """Observed arguments:
    x : (?, 5) float64
    """
    sigmInv = sigmoid(x) * (1 - sigmoid(x))
    return sigmInv
