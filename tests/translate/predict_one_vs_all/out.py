import numpy as np

from port.migrate.runtime import ctranspose, horzcat, max_, mtimes, rows


def predictOneVsAll(all_theta=None, X=None):
    m = rows(X)
    num_labels = rows(all_theta)
    p = np.zeros((rows(X), 1))
    X = horzcat(np.ones((m, 1)), X)
    _, p = max_(
        1 / (1 + np.exp(mtimes(-X, ctranspose(all_theta)))),
        np.zeros((0, 0)),
        2,
        nargout=2,
    )
    return p
