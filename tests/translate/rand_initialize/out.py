import numpy as np

from port.migrate.runtime import rand


def seededWeights(ins=None, outs=None):
    """Observed arguments:
    ins : float
    outs : float
    """
    rand("state", 7)
    reach = np.sqrt(3) / np.emath.sqrt(ins + outs + 1)
    W = rand(outs, 1 + ins) * 2 * reach - reach
    return W
