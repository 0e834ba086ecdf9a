import numpy as np

from port.migrate.runtime import assign, colon, conv2, double, size, zeros


def edges(I=None):
    """Observed arguments:
    I : uint8
    """
    I = double(I)
    sx = np.array([[-1.0, 0.0, 1.0], [-2.0, 0.0, 2.0], [-1.0, 0.0, 1.0]])
    Gx = conv2(I, sx, "same")
    Gy = conv2(I, sx.T, "same")
    G = np.sqrt(Gx**2 + Gy**2)
    bw = G > G.reshape(-1, 1, order="F").mean()
    small = I[::2, ::2].copy()
    padded = zeros(size(I) + 2)
    padded = assign(padded, I.copy(), colon(2, 7 - 1), colon(2, 7 - 1))
    return G, bw, small, padded
