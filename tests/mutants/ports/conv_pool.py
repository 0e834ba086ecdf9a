import numpy as np


def correlate(image, kernel):
    h, w = kernel.shape
    out = np.zeros((image.shape[0] - h + 1, image.shape[1] - w + 1))
    for r in range(h):
        for c in range(w):
            out += kernel[r, c] * image[r : r + out.shape[0], c : c + out.shape[1]]
    return out


def conv_pool(images, W, b, size):
    count, filters = images.shape[2], W.shape[2]
    side = images.shape[0] - W.shape[0] + 1
    feats = np.zeros((side, side, filters, count))
    for i in range(count):
        for f in range(filters):
            response = correlate(images[:, :, i], W[:, :, f]) + b[f]
            feats[:, :, f, i] = 1 / (1 + np.exp(-response))
    p = side // size
    cropped = feats[: p * size, : p * size]
    blocks = cropped.reshape(p, size, p, size, filters, count)
    pooled = blocks.mean(axis=(1, 3))
    return feats, pooled
