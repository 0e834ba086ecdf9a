import numpy as np

from port.migrate.runtime import horzcat, index, isequal, max_, mean, min_, sum_


def nanRules(v=None):
    a = max_(v)
    b = min_(v)
    c, d = max_(v, np.zeros((0, 0)), 2, nargout=2)
    e = sum_(index(v, np.logical_not(np.isnan(v))))
    f = horzcat(
        mean(v),
        np.nan == np.nan,
        isequal(np.nan, np.nan),
        np.fmax(np.nan, 3),
        min_(np.array([[np.nan, np.nan]], dtype=float)),
    )
    return a, b, c, d, e, f
