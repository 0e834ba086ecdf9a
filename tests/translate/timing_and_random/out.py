import numpy as np

from port.migrate.runtime import (
    erf,
    gamma,
    horzcat,
    rand,
    randi,
    randn,
    randperm,
    size,
    tic,
    toc,
)


def timing():
    tic()
    t = toc()
    ok = t >= 0 and t < 100
    randn("state", 5)
    rand("state", 5)
    r = horzcat(rand(1, 2), randn(1, 2))
    p = randperm(5)
    r = horzcat(r, p, randi(10, 1, 3))
    sz = np.hstack([size(rand(3)), size(randn(2, 4))])
    e = erf(0.5) + gamma(5)
    return ok, r, sz, e
