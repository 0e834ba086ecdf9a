import numpy as np

from port.migrate.runtime import (
    cell_get,
    colon,
    index,
    mtimes,
    numel,
    put,
    size,
    whole,
    zeros,
)


def nnsetup(architecture=None):
    """NNSETUP creates a Feedforward Backpropagate Neural Network
     nn = nnsetup(architecture) returns an neural network structure with n=numel(architecture)
     layers, architecture being a n x 1 vector of layer sizes e.g. [784 100 10]

    Observed arguments:
    architecture : (1, 4) float64
    """
    nn = None

    nn = put(nn, architecture.copy(), "size")
    nn.n = numel(nn.size)

    nn.activation_function = "tanh_opt"  # Activation functions of hidden layers
    nn.learningRate = 2
    nn.momentum = 0.5
    nn.weightPenaltyL2 = 0
    nn.output = "sigm"

    for i in range(2, whole(nn.n) + 1):
        # weights and weight momentum
        n_in = index(nn.size, i - 1) + 1
        nn = put(
            nn,
            np.sin(colon(1, mtimes(index(nn.size, i), n_in))).reshape(
                whole(index(nn.size, i)), whole(n_in), order="F"
            )
            / 4,
            "W",
            [i - 1],
        )
        nn = put(nn, zeros(size(cell_get(nn.W, i - 1))), "vW", [i - 1])
    return nn
