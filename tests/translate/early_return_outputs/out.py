import numpy as np
from earlyReturn import earlyReturn


def threeWays():
    _, a = earlyReturn(np.eye(2), np.array([[1.0, 2.0, 3.0]]))
    _, b = earlyReturn(np.array([[1.0, 2.0], [2.0, 4.0]]), np.array([[1.0, 2.0]]))
    x, c = earlyReturn(np.array([[2.0, 0.0], [0.0, 4.0]]), np.array([[1.0, 2.0]]))
    return a, b, c, x
