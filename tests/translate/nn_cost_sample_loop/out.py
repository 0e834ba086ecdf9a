import numpy as np

from port.migrate.runtime import (
    COLON,
    ctranspose,
    index,
    last,
    mtimes,
    rows,
    size,
    sum_,
    sumsq,
    uminus,
    vertcat,
    zeros,
)


def nnCostLoop(Theta1=None, Theta2=None, X=None, y=None, lambda_=None):
    """backpropagation one sample after the other"""
    m = rows(X)
    num_labels = rows(Theta2)
    J = 0
    Theta1_grad = zeros(size(Theta1))
    Theta2_grad = zeros(size(Theta2))
    for t in range(1, m + 1):
        a1 = vertcat(1, ctranspose(index(X, t, COLON)))
        z2 = mtimes(Theta1, a1)
        a2 = vertcat(1, 1 / (1 + np.exp(-z2)))
        z3 = mtimes(Theta2, a2)
        a3 = 1 / (1 + np.exp(-z3))

        yt = np.arange(1.0, num_labels + 1)[np.newaxis].T == index(y, t)
        J = J + sum_(uminus(yt) * np.log(a3) - (1 - yt) * np.log(1 - a3))

        d3 = a3 - yt
        d2 = mtimes(ctranspose(Theta2), d3) * (a2 * (1 - a2))
        d2 = index(d2, np.arange(2.0, last(d2) + 1)[np.newaxis])
        Theta2_grad = Theta2_grad + mtimes(d3, ctranspose(a2))
        Theta1_grad = Theta1_grad + mtimes(d2, ctranspose(a1))
    J = J / m + mtimes(
        lambda_ / 2 / m,
        sumsq(
            index(
                index(
                    Theta1, COLON, np.arange(2.0, last(Theta1, 2, 2) + 1)[np.newaxis]
                ),
                COLON,
            )
        )
        + sumsq(
            index(
                index(
                    Theta2, COLON, np.arange(2.0, last(Theta2, 2, 2) + 1)[np.newaxis]
                ),
                COLON,
            )
        ),
    )
    Theta1_grad = Theta1_grad / m
    Theta2_grad = Theta2_grad / m
    return J, Theta1_grad, Theta2_grad
