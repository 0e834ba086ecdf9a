from types import SimpleNamespace

from port.migrate.runtime import (
    cell,
    cell_get,
    cell_set,
    colon,
    copied,
    index,
    numel,
    put,
    reshape,
)


def params2stack(params=None, netconfig=None):
    """Observed arguments:
    params : (20, 1) float64
    netconfig : struct
    """
    depth = numel(netconfig.layersizes)
    stack = cell(depth, 1)
    prevLayerSize = netconfig.inputsize  # the size of the previous layer
    curPos = 1  # mark current position in parameter vector

    for d in range(1, depth + 1):
        stack = cell_set(stack, SimpleNamespace(), d)
        wlen = cell_get(netconfig.layersizes, d) * prevLayerSize
        stack = put(
            stack,
            copied(
                reshape(
                    index(params, colon(curPos, curPos + wlen - 1)),
                    cell_get(netconfig.layersizes, d),
                    prevLayerSize,
                )
            ),
            [d],
            "w",
        )
        curPos = curPos + wlen

        blen = cell_get(netconfig.layersizes, d)
        stack = put(
            stack,
            copied(
                reshape(
                    index(params, colon(curPos, curPos + blen - 1)),
                    cell_get(netconfig.layersizes, d),
                    1,
                )
            ),
            [d],
            "b",
        )
        curPos = curPos + blen
        prevLayerSize = cell_get(netconfig.layersizes, d)
    return stack
