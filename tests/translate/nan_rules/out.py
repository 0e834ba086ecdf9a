import numpy as np

from port.migrate.runtime import index, isequal, max_, min_, sum_


def nanRules(v=None):
    """Observed arguments:
    v : (1, 5) float64
    """
    a = max_(v)
    b = min_(v)
    c, d = max_(v, dim=2, nargout=2)
    e = sum_(index(v, ~np.isnan(v)))
    f = np.array(
        [
            [
                v.mean(),
                np.nan == np.nan,
                isequal(np.nan, np.nan),
                np.fmax(np.nan, 3),
                min_(np.array([[np.nan, np.nan]], dtype=float)),
            ]
        ],
        dtype=float,
    )
    return a, b, c, d, e, f
