import numpy as np

from port.migrate.runtime import rand


def randInitializeWeights(L_in=None, L_out=None):
    """Observed arguments:
    L_in : float
    L_out : float
    """
    rand("state", 7)
    epsilon_init = np.sqrt(6) / np.emath.sqrt(L_in + L_out)
    W = rand(L_out, 1 + L_in) * 2 * epsilon_init - epsilon_init
    return W
