import numpy as np

from port.migrate.runtime import sumsq, uminus


def nnCostLoop(Theta1=None, Theta2=None, X=None, y=None, lambda_=None):
    """backpropagation one sample after the other

    Observed arguments:
    Theta1 : (4, 3) float64
    Theta2 : (2, 5) float64
    X : (3, 2) float64
    y : (3, 1) float64
    lambda_ : float
    """
    m = X.shape[0]
    num_labels = Theta2.shape[0]
    J = 0
    Theta1_grad = np.zeros(Theta1.shape)
    Theta2_grad = np.zeros(Theta2.shape)
    for t in range(m):
        a1 = np.vstack([[[1]], X[[t]].T])
        z2 = Theta1 @ a1
        a2 = np.vstack([[[1]], 1 / (1 + np.exp(-z2))])
        z3 = Theta2 @ a2
        a3 = 1 / (1 + np.exp(-z3))

        yt = np.arange(1.0, num_labels + 1)[np.newaxis].T == y[t, 0]
        J = J + (uminus(yt) * np.log(a3) - (1 - yt) * np.log(1 - a3)).sum()

        d3 = a3 - yt
        d2 = (Theta2.T @ d3) * (a2 * (1 - a2))
        d2 = d2[1:]
        Theta2_grad = Theta2_grad + d3 @ a2.T
        Theta1_grad = Theta1_grad + d2 @ a1.T
    J = J / m + lambda_ / 2 / m * (
        sumsq(Theta1[:, 1:].reshape(-1, 1, order="F"))
        + sumsq(Theta2[:, 1:].reshape(-1, 1, order="F"))
    )
    Theta1_grad = Theta1_grad / m
    Theta2_grad = Theta2_grad / m
    return J, Theta1_grad, Theta2_grad
