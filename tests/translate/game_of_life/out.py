import numpy as np

from port.migrate.runtime import circshift, copied, size, whole, zeros


def life(B=None, steps=None):
    B = copied(B)
    for s in range(1, whole(steps) + 1):
        N = zeros(size(B))
        for dx in range(-1, 2):
            for dy in range(-1, 2):
                if dx == 0 and dy == 0:
                    continue
                N = N + circshift(B, np.array([[dx, dy]], dtype=float))
        B = np.logical_or(
            np.logical_and(B, np.logical_or(N == 2, N == 3)),
            np.logical_and(np.logical_not(B), N == 3),
        )
    return B
