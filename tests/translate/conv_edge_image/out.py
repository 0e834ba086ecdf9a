import numpy as np

from port.migrate.runtime import (
    COLON,
    assign,
    colon,
    conv2,
    copied,
    double,
    index,
    last,
    mean,
    plus,
    power,
    size,
    sqrt,
    zeros,
)


def edges(I=None):
    """Observed arguments:
    I : uint8
    """
    I = double(I)
    sx = np.array([[-1.0, 0.0, 1.0], [-2.0, 0.0, 2.0], [-1.0, 0.0, 1.0]])
    Gx = conv2(I, sx, "same")
    Gy = conv2(I, sx.T, "same")
    G = sqrt(plus(power(Gx, 2), power(Gy, 2)))
    bw = G > mean(index(G, COLON))
    small = copied(index(I, colon(1, 2, last(I, 1, 2)), colon(1, 2, last(I, 2, 2))))
    padded = zeros(size(I) + 2)
    padded = assign(
        padded,
        copied(I),
        colon(2, last(padded, 1, 2) - 1),
        colon(2, last(padded, 2, 2) - 1),
    )
    return G, bw, small, padded
