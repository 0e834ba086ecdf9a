from port.migrate.runtime import size, zeros
from sigmoid import sigmoid


def sigmoidGradient(z=None):
    g = zeros(size(z))
    g = sigmoid(z) * (1 - sigmoid(z))
    return g
