import numpy as np

from port.migrate.runtime import (
    bitand,
    bitor,
    bitshift,
    bitxor,
    cumprod,
    factorial,
    gcd,
    horzcat,
    isprime,
    lcm,
    nchoosek,
    nthroot,
    primes,
    rem,
    round_,
    sum_,
)


def numbers(k=None):
    """Observed arguments:
    k : float
    """
    p = primes(k)
    f = factorial(np.array([[0.0, 3.0, 5.0]]))
    c = horzcat(nchoosek(5, 2), gcd(12, 18), lcm(4, 6))
    g = cumprod(np.arange(1.0, 6)[np.newaxis])
    b = horzcat(bitand(12, 10), bitor(12, 10), bitxor(12, 10), bitshift(1, 4))
    r = horzcat(
        np.trunc(-2.5), round_(-2.5), np.floor(-2.5), np.ceil(-2.5), rem(-7, 3), -7 % 3
    )
    n = horzcat(
        np.log2(8),
        np.log10(1000),
        nthroot(27, 3),
        sum_(isprime(np.arange(1.0, 11)[np.newaxis])),
        np.finfo(float).max > 1e308,
        np.finfo(float).tiny < 1e-307,
        np.finfo(float).eps,
    )
    return p, f, c, g, b, r, n
