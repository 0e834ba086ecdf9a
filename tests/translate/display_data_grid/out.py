import numpy as np

from port.migrate.runtime import assign, colon, extent, isempty, max_, mrdivide, round_


def mosaic(A=None, wide=None):
    """one row of A becomes one tile of a sheet, each stretched to its own largest value

    Observed arguments:
    A : (3, 4) float64
    """
    if wide is None or isempty(wide):
        wide = round_(np.sqrt(A.shape[1]))
    n, d = A.shape
    high = mrdivide(d, wide)
    down = np.floor(np.sqrt(n))
    across = np.ceil(n / down)
    gap = 1
    sheet = -np.ones(
        (extent(gap + down * (high + gap)), extent(gap + across * (wide + gap)))
    )
    tile = 1
    for r in range(1, int(down) + 1):
        for c in range(1, int(across) + 1):
            if tile > n:
                break
            most = max_(np.abs(A[[tile - 1]]))
            sheet = assign(
                sheet,
                A[[tile - 1]].reshape(extent(high), extent(wide), order="F") / most,
                gap + (r - 1) * (high + gap) + colon(1, high),
                gap + (c - 1) * (wide + gap) + colon(1, wide),
            )
            tile = tile + 1
        if tile > n:
            break
    return sheet, down, across
