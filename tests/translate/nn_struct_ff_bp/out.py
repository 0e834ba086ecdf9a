import numpy as np

from port.migrate.runtime import assign
from buildNet import buildNet
from moveWeights import moveWeights
from runBackward import runBackward
from runForward import runForward


def trainSteps(widths=None, X=None, T=None, steps=None):
    """Observed arguments:
    widths : (1, 4) float64
    X : (5, 3) float64
    T : (5, 2) float64
    steps : float
    """
    net = buildNet(widths)
    net.decay = 0.001
    losses = np.zeros((int(steps), 1))
    for s in range(1, int(steps) + 1):
        net = runForward(net, X, T)
        losses = assign(losses, net.loss, s)
        net = runBackward(net)
        net = moveWeights(net)
    return net, losses
