import numpy as np

from port.migrate.runtime import (
    COLON,
    assign,
    colon,
    columns_of,
    extent,
    index,
    mean,
    rows,
    size,
    zeros,
)


def poolByMean(by=None, maps=None):
    """Observed arguments:
    by : float
    maps : float64
    """
    images = columns_of(maps)
    filters = rows(maps)
    side = size(maps, 3)
    cells_ = np.floor(side / by)

    pooled = zeros(filters, images, cells_, cells_)
    for i in range(1, images + 1):
        for f in range(1, filters + 1):
            for r in range(1, extent(cells_) + 1):
                top = 1 + (r - 1) * by
                for c in range(1, extent(cells_) + 1):
                    left = 1 + (c - 1) * by
                    block = index(
                        maps, f, i, colon(top, top + by - 1), colon(left, left + by - 1)
                    )
                    pooled = assign(pooled, mean(index(block, COLON)), f, i, r, c)
    return pooled
