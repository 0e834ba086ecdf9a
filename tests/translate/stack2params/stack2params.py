import numpy as np

from port.migrate.runtime import (
    COLON,
    assert_,
    cell_get,
    columns_of,
    index,
    int2str,
    numel,
    put,
    rows,
    vertcat,
)


def stack2params(stack=None, *, nargout=2):
    """Converts a "stack" structure into a flattened parameter vector and also
    stores the network configuration.
    """
    netconfig = None
    params = np.zeros((0, 0))
    for d in range(1, numel(stack) + 1):
        params = vertcat(
            params,
            index(cell_get(stack, d).w, COLON),
            index(cell_get(stack, d).b, COLON),
        )
        assert_(
            rows(cell_get(stack, d).w) == rows(cell_get(stack, d).b),
            "The bias should be a *column* vector of "
            + int2str(rows(cell_get(stack, d).w))
            + "x1",
        )
    if nargout > 1:
        if numel(stack) == 0:
            netconfig = put(netconfig, 0, "inputsize")
            netconfig.layersizes = []
        else:
            netconfig = put(netconfig, columns_of(cell_get(stack, 1).w), "inputsize")
            netconfig.layersizes = []
            for d in range(1, numel(stack) + 1):
                netconfig.layersizes = vertcat(
                    netconfig.layersizes, rows(cell_get(stack, d).w)
                )
    return params, netconfig
