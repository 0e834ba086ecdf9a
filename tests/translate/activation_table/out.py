import numpy as np

from port.migrate.runtime import COLON, assign, sech, size


def activations(z=None):
    """Observed arguments:
    z : (1, 5) float64
    """
    names = ["sigmoid", "tanh", "relu", "linear", "softplus", "sech2"]
    A = np.zeros((len(names), z.size))
    D = A.copy()
    for i in range(1, len(names) + 1):
        value3, value4 = activate(names[i - 1], z)
        A = assign(A, value3, i, COLON)
        D = assign(D, value4, i, COLON)
    return A, D


def activate(kind=None, z=None):
    """Observed arguments:
    kind : str
    z : (1, 5) float64
    """
    if kind == "sigmoid":
        a = 1 / (1 + np.exp(-z))
        d = a * (1 - a)
    elif kind == "tanh":
        a = np.tanh(z)
        d = sech(z) ** 2
    elif kind == "relu":
        a = np.fmax(0, z)
        d = (z > 0).astype(float)
    elif kind == "softplus":
        a = np.log(1 + np.exp(z))
        d = 1 / (1 + np.exp(-z))
    elif kind == "sech2":
        a = sech(z) ** 2
        d = -2 * a * np.tanh(z)
    else:
        a = z.copy()
        d = np.ones(z.shape)
    return a, d
