import numpy as np

from port.migrate.runtime import reshape, size


def wavyWeights(outs=None, ins=None):
    """Observed arguments:
    outs : float
    ins : float
    """
    W = np.zeros((int(outs), int(1 + ins)))
    # the same "waves" in every run, so that results can be compared
    W = reshape(np.cos(np.arange(1.0, W.size + 1)[np.newaxis]), size(W)) / 8
    return W
