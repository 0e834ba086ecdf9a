import numpy as np

from port.migrate.runtime import (
    COLON,
    assign,
    colon,
    ctranspose,
    horzcat,
    index,
    last,
    mtimes,
    reshape,
    size,
    sum_,
    vertcat,
    zeros,
)
from sigmoid import sigmoid
from sigmoidGradient import sigmoidGradient


def nnCostFunction(
    nn_params=None,
    input_layer_size=None,
    hidden_layer_size=None,
    num_labels=None,
    X=None,
    y=None,
    lambda_=None,
):
    """NNCOSTFUNCTION Implements the neural network cost function for a two layer
    neural network which performs classification

    Observed arguments:
    nn_params : (31, 1) float64
    input_layer_size : float
    hidden_layer_size : float
    num_labels : float
    X : (5, 3) float64
    y : (5, 1) float64
    lambda_ : float
    """

    # Reshape nn_params back into the parameters Theta1 and Theta2
    Theta1 = reshape(
        index(nn_params, colon(1, hidden_layer_size * (input_layer_size + 1))),
        hidden_layer_size,
        input_layer_size + 1,
    )

    Theta2 = reshape(
        index(
            nn_params,
            colon(1 + hidden_layer_size * (input_layer_size + 1), nn_params.size),
        ),
        num_labels,
        hidden_layer_size + 1,
    )

    m = X.shape[0]

    J = 0
    Theta1_grad = zeros(size(Theta1))
    Theta2_grad = zeros(size(Theta2))

    a1 = np.hstack([np.ones((m, 1)), X])
    z2 = mtimes(a1, ctranspose(Theta1))
    a2 = horzcat(np.ones((m, 1)), sigmoid(z2))
    z3 = mtimes(a2, ctranspose(Theta2))
    a3 = sigmoid(z3)

    I = np.eye(int(num_labels))
    Y = index(I, y, COLON)

    J = sum_(sum_(-Y * np.emath.log(a3) - (1 - Y) * np.emath.log(1 - a3))) / m
    J = J + lambda_ / (2 * m) * (
        sum_(sum_(index(Theta1, COLON, colon(2, last(Theta1, 2, 2))) ** 2))
        + sum_(sum_(index(Theta2, COLON, colon(2, last(Theta2, 2, 2))) ** 2))
    )

    delta3 = a3 - Y
    delta2 = mtimes(
        delta3, index(Theta2, COLON, colon(2, last(Theta2, 2, 2)))
    ) * sigmoidGradient(z2)

    Theta2_grad = mtimes(ctranspose(delta3), a2) / m
    Theta1_grad = mtimes(ctranspose(delta2), a1) / m

    Theta1_grad = assign(
        Theta1_grad,
        index(Theta1_grad, COLON, colon(2, last(Theta1_grad, 2, 2)))
        + lambda_ / m * index(Theta1, COLON, colon(2, last(Theta1, 2, 2))),
        COLON,
        colon(2, last(Theta1_grad, 2, 2)),
    )
    Theta2_grad = assign(
        Theta2_grad,
        index(Theta2_grad, COLON, colon(2, last(Theta2_grad, 2, 2)))
        + lambda_ / m * index(Theta2, COLON, colon(2, last(Theta2, 2, 2))),
        COLON,
        colon(2, last(Theta2_grad, 2, 2)),
    )

    # Unroll gradients
    grad = vertcat(index(Theta1_grad, COLON), index(Theta2_grad, COLON))
    return J, grad
