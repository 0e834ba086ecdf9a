import numpy as np

from port.migrate.runtime import caught, copied
from adamStep import adamStep


def runAdam(theta=None, steps=None):
    """Observed arguments:
    theta : (2, 1) float64
    steps : float
    """
    theta = copied(theta)
    message = None
    m = np.zeros(theta.shape)
    v = m
    t = np.zeros((1, 0))
    for t in range(1, int(steps) + 1):
        g = 2 * theta - np.array([[1.0], [2.0]])
        theta, m, v = adamStep(theta, g, m, v, t, "Alpha", 0.05, "b1", 0.8)
    try:
        adamStep(theta, g, m, v, t, "gamma", 1)
    except Exception as problem1:
        err = caught(problem1)
        message = err.message
    return theta, message
