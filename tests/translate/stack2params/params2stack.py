from types import SimpleNamespace

from port.migrate.runtime import cell, cell_set, colon, copied, index, put, reshape


def params2stack(params=None, netconfig=None):
    depth = len(netconfig.layersizes)
    stack = cell(depth, 1)
    prevLayerSize = netconfig.inputsize  # the size of the previous layer
    curPos = 1  # mark current position in parameter vector

    for d in range(1, depth + 1):
        stack = cell_set(stack, SimpleNamespace(), d)
        wlen = netconfig.layersizes[d - 1] * prevLayerSize
        stack = put(
            stack,
            copied(
                reshape(
                    index(params, colon(curPos, curPos + wlen - 1)),
                    netconfig.layersizes[d - 1],
                    prevLayerSize,
                )
            ),
            [d],
            "w",
        )
        curPos = curPos + wlen

        blen = netconfig.layersizes[d - 1]
        stack = put(
            stack,
            copied(
                reshape(
                    index(params, colon(curPos, curPos + blen - 1)),
                    netconfig.layersizes[d - 1],
                    1,
                )
            ),
            [d],
            "b",
        )
        curPos = curPos + blen
        prevLayerSize = netconfig.layersizes[d - 1]
    return stack
