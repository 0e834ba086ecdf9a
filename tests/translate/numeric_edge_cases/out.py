import numpy as np

from port.migrate.runtime import (
    cat,
    horzcat,
    isempty,
    max_,
    mean,
    mod,
    numel,
    power,
    prod_,
    sum_,
    vertcat,
)


def edges2(z=None):
    """Observed arguments:
    z : float
    """
    a = horzcat(
        1 / z, -1 / z, 0 / z, np.emath.log(z), mod(5, z), power(5, z), np.inf - np.inf
    )
    b = vertcat(np.isinf(a), np.isnan(a))
    c = horzcat(
        sum_(np.zeros((0, 0))),
        prod_(np.zeros((0, 0))),
        max_(np.zeros((0, 0))),
        isempty(max_(np.zeros((0, 0)))),
        numel(mean(np.zeros((0, 0)))),
    )
    d = np.array(
        [
            [
                1e308 * 10,
                np.finfo(float).max,
                0.1 + 0.2 == 0.3,
                np.abs(0.1 + 0.2 - 0.3) < np.finfo(float).eps,
            ]
        ],
        dtype=float,
    )
    e = [
        np.zeros((0, 3)),
        sum_(np.zeros((0, 3))),
        np.ones((2, 0)) @ np.ones((0, 2)),
        cat(1, np.zeros((0, 0)), np.array([[1.0, 2.0]])),
    ]
    return a, b, c, d, e
