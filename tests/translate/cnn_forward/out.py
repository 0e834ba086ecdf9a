import numpy as np

from port.migrate.runtime import (
    COLON,
    cell_get,
    colon,
    columns_of,
    convn,
    copied,
    horzcat,
    index,
    istrue,
    last,
    mpower,
    mrdivide,
    mtimes,
    numel,
    ones,
    put,
    repmat,
    reshape,
    size,
    strcmp,
    vertcat,
    whole,
    zeros,
)
from sigm import sigm


def cnnff(net=None, x=None):
    """Observed arguments:
    net : struct
    x : float64
    """
    net = copied(net)
    n = numel(net.layers)
    net = put(net, copied(x), "layers", [1], "a", [1])
    inputmaps = 1

    for l in range(2, n + 1):  # for each layer
        if istrue(strcmp(cell_get(net.layers, l).type, "c")):
            for j in range(
                1, whole(cell_get(net.layers, l).outputmaps) + 1
            ):  # for each output map
                # create temp output map
                z = zeros(
                    size(cell_get(cell_get(net.layers, l - 1).a, 1))
                    - horzcat(
                        cell_get(net.layers, l).kernelsize - 1,
                        cell_get(net.layers, l).kernelsize - 1,
                        0,
                    )
                )
                for i in range(1, whole(inputmaps) + 1):  # for each input map
                    # convolve with corresponding kernel and add to temp output map
                    z = z + convn(
                        cell_get(cell_get(net.layers, l - 1).a, i),
                        cell_get(cell_get(cell_get(net.layers, l).k, i), j),
                        "valid",
                    )
                # add bias, pass through nonlinearity
                net = put(
                    net,
                    sigm(z + cell_get(cell_get(net.layers, l).b, j)),
                    "layers",
                    [l],
                    "a",
                    [j],
                )
            # set number of input maps to this layers number of outputmaps
            inputmaps = cell_get(net.layers, l).outputmaps
        elif istrue(strcmp(cell_get(net.layers, l).type, "s")):
            # downsample
            for j in range(1, whole(inputmaps) + 1):
                z = convn(
                    cell_get(cell_get(net.layers, l - 1).a, j),
                    mrdivide(
                        ones(cell_get(net.layers, l).scale),
                        mpower(cell_get(net.layers, l).scale, 2),
                    ),
                    "valid",
                )
                net = put(
                    net,
                    index(
                        z,
                        colon(1, cell_get(net.layers, l).scale, last(z, 1, 3)),
                        colon(1, cell_get(net.layers, l).scale, last(z, 2, 3)),
                        COLON,
                    ),
                    "layers",
                    [l],
                    "a",
                    [j],
                )

    # concatenate all end layer feature maps into vector
    net.fv = np.zeros((0, 0))
    for j in range(1, numel(cell_get(net.layers, n).a) + 1):
        sa = size(cell_get(cell_get(net.layers, n).a, j))
        net.fv = vertcat(
            net.fv,
            reshape(
                cell_get(cell_get(net.layers, n).a, j), sa[0, 0] * sa[0, 1], sa[0, 2]
            ),
        )
    net.o = sigm(mtimes(net.ffW, net.fv) + repmat(net.ffb, 1, columns_of(net.fv)))
    return net
