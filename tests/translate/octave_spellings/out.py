import numpy as np

from port.migrate.runtime import index


def octaveStyle(x=None):
    """comments with a hash"""
    x = np.atleast_2d(x)
    total = 0
    n = 0
    k = 0
    for i in range(1, x.size + 1):
        if index(x, i) != 0 and not np.isnan(index(x, i)):
            total = total + index(x, i)
            n = n + 1
        else:
            total = total - 1
    total = total * 2
    while n > 3:
        n = n - 1
    try:
        s = 'double "quoted" text\n'
    finally:
        total = total + 0.5
    choice1 = n
    if choice1 == 3:
        s = 'double "quoted" text\nthree'
    else:
        s = 'double "quoted" text\nother'
    while True:
        k = k + 1
        if k >= 4:
            break
    return total, n, s, k
