import numpy as np

from port.migrate.runtime import COLON, cell_get, copied, numel, put


def chained(net=None):
    """Observed arguments:
    net : struct
    """
    net = copied(net)
    net = put(net, np.array([[9.0, 8.0, 7.0]]), "layers", [2], "w", (1, COLON))
    net = put(
        net, cell_get(net.layers, 2).w[[0]] * 2, "layers", [2], "w", (2 + 1, COLON)
    )
    net = put(net, copied(cell_get(net.layers, 2)), "layers", [3])
    net = put(net, 0, "layers", [3], "w", (COLON,))
    net = put(net, 3, "opts", "schedule", [2], "step")
    net = put(net, "x", "grid", (2,), "cells", [3])
    copy = copied(net)
    copy = put(copy, np.zeros((0, 0)), "layers", [1], "w")
    log = [
        numel(net.layers),
        cell_get(copy.layers, 1).w.size == 0,
        cell_get(net.layers, 1).w.size == 0,
    ]
    return net, log
