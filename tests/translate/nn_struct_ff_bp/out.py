import numpy as np

from port.migrate.runtime import assign, put
from nnapplygrads import nnapplygrads
from nnbp import nnbp
from nnff import nnff
from nnsetup import nnsetup


def trainSteps(sizes=None, x=None, y=None, steps=None):
    """Observed arguments:
    sizes : (1, 4) float64
    x : (5, 3) float64
    y : (5, 2) float64
    steps : float
    """
    nn = nnsetup(sizes)
    nn = put(nn, 0.001, "weightPenaltyL2")
    losses = np.zeros((int(steps), 1))
    for s in range(1, int(steps) + 1):
        nn = nnff(nn, x, y)
        losses = assign(losses, nn.L, s)
        nn = nnbp(nn)
        nn = nnapplygrads(nn)
    return nn, losses
