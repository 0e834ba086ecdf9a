from types import SimpleNamespace

import numpy as np

from port.migrate.runtime import cell_get, colon, extent, put, size, zeros


def buildNet(widths=None):
    """BUILDNET  a layered net as a struct, with its weights in cells
     net = buildNet([3 4 2]) has one hidden layer

    Observed arguments:
    widths : (1, 4) float64
    """

    net = SimpleNamespace(widths=widths.copy())
    net.depth = net.widths.size

    net.hidden = "tanh"  # 'tanh' or 'logistic'
    net.top = "logistic"
    net.rate = 1.5
    net.inertia = 0.4
    net.decay = 0

    for k in range(2, extent(net.depth) + 1):
        # one column more for the bias
        cols = net.widths[0, k - 2] + 1
        net = put(
            net,
            np.sin(colon(1, net.widths[0, k - 1] * cols)).reshape(
                int(net.widths[0, k - 1]), int(cols), order="F"
            )
            / 4,
            "W",
            [k - 1],
        )
        net = put(net, zeros(size(cell_get(net.W, k - 1))), "speed", [k - 1])
    return net
