import numpy as np


def step(points, centres):
    distances = ((points[:, None, :] - centres[None, :, :]) ** 2).sum(axis=2)
    nearest = distances.argmin(axis=1)
    spread = distances.min(axis=1).sum()
    moved = np.empty_like(centres)
    for j in range(centres.shape[0]):
        moved[j] = points[nearest == j].mean(axis=0)
    return moved, nearest + 1, spread
