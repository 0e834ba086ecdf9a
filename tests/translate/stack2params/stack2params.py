import numpy as np

from port.migrate.runtime import assert_, cell_get, int2str, numel, put, vertcat


def stack2params(stack=None, *, nargout=2):
    """Converts a "stack" structure into a flattened parameter vector and also
    stores the network configuration.
    """
    netconfig = None
    params = np.zeros((0, 0))
    for d in range(1, numel(stack) + 1):
        params = vertcat(
            params, cell_get(stack, d).w.reshape(-1, 1, order="F"), cell_get(stack, d).b
        )
        assert_(
            cell_get(stack, d).w.shape[0] == cell_get(stack, d).b.shape[0],
            "The bias should be a *column* vector of "
            + int2str(cell_get(stack, d).w.shape[0])
            + "x1",
        )
    if nargout > 1:
        if numel(stack) == 0:
            netconfig = put(netconfig, 0, "inputsize")
            netconfig.layersizes = []
        else:
            netconfig = put(netconfig, cell_get(stack, 1).w.shape[1], "inputsize")
            netconfig.layersizes = []
            for d in range(1, numel(stack) + 1):
                netconfig.layersizes = vertcat(
                    netconfig.layersizes, cell_get(stack, d).w.shape[0]
                )
    return params, netconfig
