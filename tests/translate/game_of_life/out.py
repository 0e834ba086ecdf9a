import numpy as np

from port.migrate.runtime import circshift, copied


def life(B=None, steps=None):
    """Observed arguments:
    B : (5, 5) float64
    steps : float
    """
    B = copied(B)
    for s in range(1, int(steps) + 1):
        N = np.zeros(B.shape)
        for dx in range(-1, 2):
            for dy in range(-1, 2):
                if dx == 0 and dy == 0:
                    continue
                N = N + circshift(B, np.array([[dx, dy]], dtype=float))
        B = np.logical_and(B, (N == 2) | (N == 3)) | (np.logical_not(B) & (N == 3))
    return B
