import numpy as np

from port.migrate.runtime import (
    colon,
    diag,
    flipud,
    hankel,
    horzcat,
    kron,
    magic,
    mtimes,
    rot90,
    toeplitz,
    transpose,
    tril,
    triu,
    vander,
)


def specials(n=None):
    """Observed arguments:
    n : float
    """
    a = magic(n)
    b = horzcat(triu(a), tril(a, -1))
    c = rot90(flipud(np.eye(int(n))), 2)
    d = kron(np.eye(2), np.array([[1.0, 2.0]]))
    e = toeplitz(colon(1, n)) + hankel(colon(1, n))
    f = (
        mtimes(vander(np.arange(1.0, 4)[np.newaxis]), diag(np.array([[1.0, 2.0, 3.0]])))
        - transpose(a[:3, :3]) ** 2
    )
    return a, b, c, d, e, f
