import numpy as np

from port.migrate.runtime import assert_, int2str, put, vertcat


def stack2params(stack=None, *, nargout=2):
    """Converts a "stack" structure into a flattened parameter vector and also
    stores the network configuration.
    """
    netconfig = None
    params = np.zeros((0, 0))
    for d in range(1, len(stack) + 1):
        params = vertcat(
            params, stack[d - 1].w.reshape(-1, 1, order="F"), stack[d - 1].b
        )
        assert_(
            stack[d - 1].w.shape[0] == stack[d - 1].b.shape[0],
            "The bias should be a *column* vector of "
            + int2str(stack[d - 1].w.shape[0])
            + "x1",
        )
    if nargout > 1:
        if len(stack) == 0:
            netconfig = put(netconfig, 0, "inputsize")
            netconfig.layersizes = []
        else:
            netconfig = put(netconfig, stack[0].w.shape[1], "inputsize")
            netconfig.layersizes = []
            for d in range(1, len(stack) + 1):
                netconfig.layersizes = vertcat(
                    netconfig.layersizes, stack[d - 1].w.shape[0]
                )
    return params, netconfig
