import numpy as np

from port.migrate.runtime import (
    COLON,
    assign,
    conv2,
    copied,
    double,
    index,
    last,
    mean,
    size,
    zeros,
)


def edges(I=None):
    I = double(I)
    sx = np.array([[-1.0, 0.0, 1.0], [-2.0, 0.0, 2.0], [-1.0, 0.0, 1.0]])
    Gx = conv2(I, sx, "same")
    Gy = conv2(I, sx.T, "same")
    G = np.sqrt(Gx**2 + Gy**2)
    bw = G > mean(index(G, COLON))
    small = copied(
        index(
            I,
            np.arange(1.0, last(I, 1, 2) + 1, 2)[np.newaxis],
            np.arange(1.0, last(I, 2, 2) + 1, 2)[np.newaxis],
        )
    )
    padded = zeros(size(I) + 2)
    padded = assign(
        padded,
        copied(I),
        np.arange(2.0, last(padded, 1, 2))[np.newaxis],
        np.arange(2.0, last(padded, 2, 2))[np.newaxis],
    )
    return G, bw, small, padded
