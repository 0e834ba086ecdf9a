import numpy as np

from port.migrate.runtime import (
    fminsearch,
    fzero,
    index,
    mpower,
    optimset,
    quad,
    round_,
)


def optimisers():
    z = (
        round_(fzero(lambda x: mpower(x, 3) - 2, np.array([[0.0, 2.0]])) * 100000000.0)
        / 100000000.0
    )
    m = (
        round_(
            fminsearch(
                lambda p: mpower(index(p, 1) - 1, 2) + mpower(index(p, 2) + 2, 2),
                np.array([[0.0, 0.0]]),
                optimset("TolX", 1e-09, "TolFun", 1e-09),
            )
            * 10000.0
        )
        / 10000.0
    )
    q = round_(quad(lambda x: x**2, 0, 1) * 100000000.0) / 100000000.0
    return z, m, q
