import numpy as np

from port.migrate.runtime import reshape, size


def debugInitializeWeights(fan_out=None, fan_in=None):
    """Observed arguments:
    fan_out : float
    fan_in : float
    """
    W = np.zeros((int(fan_out), int(1 + fan_in)))
    # Initialize W using "sin", this ensures that W is always of the same values
    W = reshape(np.sin(np.arange(1.0, W.size + 1)[np.newaxis]), size(W)) / 10
    return W
