import numpy as np

from port.migrate.runtime import mrdivide, rand, randn, size


def dropoutForward(a=None, p=None, gout=None):
    a = np.atleast_2d(a)
    randn("twister", 11)
    rand("twister", 11)
    mask = mrdivide(rand(size(a)) > p, 1 - p)
    out = a * mask
    noise = randn(2, 2)
    gin = gout * mask + noise[0, 0] * 0
    return out, mask, gin
