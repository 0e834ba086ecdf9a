import numpy as np

from port.migrate.runtime import (
    COLON,
    cell_get,
    colon,
    columns_of,
    convn,
    copied,
    extent,
    horzcat,
    index,
    last,
    mtimes,
    numel,
    ones,
    put,
    reshape,
    size,
    vertcat,
    zeros,
)
from squash import squash


def filterForward(net=None, images=None):
    """Observed arguments:
    net : struct
    images : float64
    """
    net = copied(net)
    top = numel(net.stage)
    net = put(net, copied(images), "stage", [1], "map", [1])
    maps = 1

    for s in range(2, top + 1):
        here = copied(cell_get(net.stage, s))
        if here.kind == "filter":
            shrink = horzcat(here.side - 1, here.side - 1, 0)
            for k in range(1, extent(here.maps) + 1):
                total = zeros(
                    size(cell_get(cell_get(net.stage, s - 1).map, 1)) - shrink
                )
                for m in range(1, extent(maps) + 1):
                    # every map below adds its own filtered image
                    total = total + convn(
                        cell_get(cell_get(net.stage, s - 1).map, m),
                        cell_get(cell_get(here.kernel, m), k),
                        "valid",
                    )
                net = put(
                    net,
                    squash(total + cell_get(here.bias, k)),
                    "stage",
                    [s],
                    "map",
                    [k],
                )
            maps = here.maps
        elif here.kind == "pool":
            for k in range(1, extent(maps) + 1):
                blurred = convn(
                    cell_get(cell_get(net.stage, s - 1).map, k),
                    ones(here.by) / here.by**2,
                    "valid",
                )
                net = put(
                    net,
                    index(
                        blurred,
                        colon(1, here.by, last(blurred, 1, 3)),
                        colon(1, here.by, last(blurred, 2, 3)),
                        COLON,
                    ),
                    "stage",
                    [s],
                    "map",
                    [k],
                )

    # one column of features for each image
    net.features = np.zeros((0, 0))
    for k in range(1, numel(cell_get(net.stage, top).map) + 1):
        dims = size(cell_get(cell_get(net.stage, top).map, k))
        net.features = vertcat(
            net.features,
            reshape(
                cell_get(cell_get(net.stage, top).map, k),
                dims[0, 0] * dims[0, 1],
                dims[0, 2],
            ),
        )
    net.out = squash(
        mtimes(net.readW, net.features)
        + np.tile(net.readb, (1, columns_of(net.features)))
    )
    return net
