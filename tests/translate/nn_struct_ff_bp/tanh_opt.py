import numpy as np


def tanh_opt(A=None):
    f = 1.7159 * np.tanh(2 / 3 * A)
    return f
