import numpy as np


def octaveStyle(x=None):
    """comments with a hash

    Observed arguments:
    x : (1, 6) float64
    """
    total = 0
    n = 0
    k = 0
    for i in range(x.size):
        if x[0, i] != 0 and not np.isnan(x[0, i]):
            total = total + x[0, i]
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
    if n == 3:
        s = 'double "quoted" text\nthree'
    else:
        s = 'double "quoted" text\nother'
    while True:
        k = k + 1
        if k >= 4:
            break
    return total, n, s, k
