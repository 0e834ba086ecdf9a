import numpy as np

from port.migrate.runtime import (
    COLON,
    assign,
    colon,
    copied,
    double,
    index,
    last,
    max_,
    mod,
    repmat,
    reshape,
    size,
)


def channels(rgb=None):
    """Observed arguments:
    rgb : uint8
    """
    rgb = copied(rgb)
    gray = (
        0.299 * double(index(rgb, COLON, COLON, 1))
        + 0.587 * double(index(rgb, COLON, COLON, 2))
        + 0.114 * double(index(rgb, COLON, COLON, 3))
    )
    mx = max_(rgb, dim=3)
    sz = size(rgb)
    flipped = copied(index(rgb, COLON, colon(last(rgb, 2, 3), -1, 1), COLON))
    mask = np.logical_and(
        gray > 100,
        mod(reshape(np.arange(1.0, gray.size + 1)[np.newaxis], size(gray)), 2) == 1,
    )
    rgb = assign(rgb, 0, repmat(mask, np.array([[1.0, 1.0, 3.0]])))
    flipped = assign(flipped, copied(index(rgb, COLON, COLON, 2)), COLON, COLON, 2)
    return gray, mx, sz, flipped, mask
