import numpy as np

from port.migrate.runtime import COLON, assign, class_, double, index, last, mean


def brighten(img=None, amount=None):
    out = img + amount
    avg = mean(double(index(img, COLON)))
    half = img / 2
    diffs = index(img, COLON, np.arange(2.0, last(img, 2, 2) + 1)[np.newaxis]) - index(
        img, COLON, np.arange(1.0, last(img, 2, 2))[np.newaxis]
    )
    out = assign(out, 300, 1, 1)
    out = assign(out, -5, last(out))
    bits = class_(out)
    return out, avg, half, diffs, bits
