import numpy as np

from port.migrate.runtime import (
    cell_get,
    colon,
    extent,
    index,
    mtimes,
    numel,
    put,
    size,
    zeros,
)


def buildNet(widths=None):
    """BUILDNET  a layered net as a struct, with its weights in cells
     net = buildNet([3 4 2]) has one hidden layer

    Observed arguments:
    widths : (1, 4) float64
    """
    net = None

    net = put(net, widths.copy(), "widths")
    net.depth = numel(net.widths)

    net.hidden = "tanh"  # 'tanh' or 'logistic'
    net.top = "logistic"
    net.rate = 1.5
    net.inertia = 0.4
    net.decay = 0

    for k in range(2, extent(net.depth) + 1):
        # one column more for the bias
        cols = index(net.widths, k - 1) + 1
        net = put(
            net,
            np.sin(colon(1, mtimes(index(net.widths, k), cols))).reshape(
                extent(index(net.widths, k)), extent(cols), order="F"
            )
            / 4,
            "W",
            [k - 1],
        )
        net = put(net, zeros(size(cell_get(net.W, k - 1))), "speed", [k - 1])
    return net
