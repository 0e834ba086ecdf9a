import numpy as np

from port.migrate.runtime import cell_get, copied, istrue, put


def moveWeights(net=None):
    """Observed arguments:
    net : struct
    """
    net = copied(net)
    for k in range(1, int(net.depth - 1) + 1):
        if istrue(net.decay > 0):
            step = cell_get(net.slope, k) + net.decay * np.hstack(
                [np.zeros((cell_get(net.W, k).shape[0], 1)), cell_get(net.W, k)[:, 1:]]
            )
        else:
            step = cell_get(net.slope, k)
        step = net.rate * step
        if istrue(net.inertia > 0):
            net = put(net, net.inertia * cell_get(net.speed, k) + step, "speed", [k])
            step = cell_get(net.speed, k)
        net = put(net, cell_get(net.W, k) - step, "W", [k])
    return net
