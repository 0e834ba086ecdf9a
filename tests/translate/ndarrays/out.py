import numpy as np

from port.migrate.runtime import (
    COLON,
    assign,
    cat,
    columns_of,
    copied,
    index,
    last,
    mean,
    permute,
    reshape,
    rows,
    size,
    squeeze,
    sum_,
)


def ndTour(T=None):
    """Observed arguments:
    T : float64
    """
    a = size(T)
    b = squeeze(sum_(T, 1))
    c = permute(T, np.array([[3.0, 1.0, 2.0]]))
    d = copied(index(T, COLON, COLON, last(T, 3, 3)))
    e = cat(3, T, np.ones((rows(T), columns_of(T))))
    f = copied(reshape(T, None, size(T, 3)))
    f = assign(f, index(squeeze(mean(mean(T, 1), 2)), 1), COLON, 4 + 1)
    return a, b, c, d, e, f
