import numpy as np

from port.migrate.runtime import assign, colon, fft, ifft


def spectrum(x=None, fs=None):
    """Observed arguments:
    x : (1, 8) float64
    fs : float
    """
    N = x.size
    X = fft(x)
    P = np.abs(X / N)
    P = P[:, : int(np.floor(N / 2) + 1)].copy()
    P = assign(P, 2 * P[:, 1 : P.size - 1], colon(2, P.size - 1))
    f = fs * colon(0, np.floor(N / 2)) / N
    back = ifft(X)
    return X, P, back, f
