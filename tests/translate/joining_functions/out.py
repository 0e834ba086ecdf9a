import numpy as np

from port.migrate.runtime import (
    cat,
    circshift,
    flip,
    fliplr,
    horzcat,
    logspace,
    vertcat,
)


def joins(x=None, y=None):
    """Observed arguments:
    x : (1, 3) float64
    y : (1, 3) float64
    """
    a = horzcat(x, y)
    b = vertcat(x, y)
    c = flip(logspace(0, 2, 3))
    d = cat(1, [x.copy()], [y.copy()])
    e = vertcat(fliplr(x), flip(y, 2), circshift(x, np.array([[0.0, 1.0]])))
    return a, b, c, d, e
