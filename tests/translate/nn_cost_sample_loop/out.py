import numpy as np

from port.migrate.runtime import (
    COLON,
    ctranspose,
    index,
    mtimes,
    rows,
    size,
    sum_,
    sumsq,
    uminus,
    vertcat,
)


def nnCostLoop(Theta1=None, Theta2=None, X=None, y=None, lambda_=None):
    """backpropagation one sample after the other"""
    Theta1, Theta2 = np.atleast_2d(Theta1, Theta2)
    m = rows(X)
    num_labels = Theta2.shape[0]
    J = 0
    Theta1_grad = np.zeros(Theta1.shape)
    Theta2_grad = np.zeros(Theta2.shape)
    for t in range(1, m + 1):
        a1 = vertcat(1, ctranspose(index(X, t, COLON)))
        z2 = mtimes(Theta1, a1)
        a2 = vertcat(1, 1 / (1 + np.exp(-1 * z2)))
        z3 = mtimes(Theta2, a2)
        a3 = 1 / (1 + np.exp(-1 * z3))

        yt = np.arange(1.0, num_labels + 1)[np.newaxis].T == index(y, t)
        J = J + sum_(uminus(yt) * np.log(a3) - (1 - yt) * np.log(1 - a3))

        d3 = a3 - yt
        d2 = (Theta2.T @ d3) * (a2 * (1 - a2))
        d2 = index(d2, np.arange(2.0, d2.size + 1)[np.newaxis])
        Theta2_grad = Theta2_grad + mtimes(d3, ctranspose(a2))
        Theta1_grad = Theta1_grad + mtimes(d2, ctranspose(a1))
    J = J / m + mtimes(
        lambda_ / 2 / m,
        sumsq(Theta1[:, 1:].reshape(-1, 1, order="F"))
        + sumsq(Theta2[:, 1:].reshape(-1, 1, order="F")),
    )
    Theta1_grad = Theta1_grad / m
    Theta2_grad = Theta2_grad / m
    return J, Theta1_grad, Theta2_grad
