import numpy as np

from port.migrate.runtime import (
    copied,
    ctranspose,
    exist,
    feval,
    horzcat,
    isempty,
    isfield,
    isreal,
    istrue,
)


def followConjugates(f=None, x=None, options=None, A1=None, A2=None):
    """conjugate directions with a halving line search; the call is composed as
    a text, as older optimisers of courses do it

    Observed arguments:
    f : handle
    x : (3, 1) float64
    options : struct
    A1 : (3, 3) float64
    A2 : (3, 1) float64
    """
    nargin = sum(value is not None for value in (f, x, options, A1, A2))
    x = copied(x)
    if (
        options is not None
        and not isempty(options)
        and istrue(isfield(options, "MaxIter"))
    ):
        length = options.MaxIter
    else:
        length = 50
    SLACK = 0.01
    BEND = 0.5

    call = "feval(f, x"  # grows by one argument each

    call = "feval(f, x)"

    k = 0
    path = np.zeros((0, 0))
    value, slope = feval(f, x, *[A1, A2][: nargin - 3], nargout=2)
    way = -slope
    steep = (-way.T @ way).item()
    step = 1 / (1 - steep)
    while k < np.abs(length):
        k = k + (length > 0)
        start = x
        value0 = value
        slope0 = slope
        x = x + step * way
        value, slope = feval(f, x, *[A1, A2][: nargin - 3], nargout=2)
        along = (slope.T @ way).item()
        tries = 0
        while istrue(
            np.logical_or(
                value > value0 + step * SLACK * steep,
                np.abs(along) > -BEND * steep and tries < 3,
            )
        ):
            back = -0.5 * step
            if np.isnan(back) or np.isinf(back):
                back = 0.1
            step = step + back
            x = x + back * way
            value, slope = feval(f, x, *[A1, A2][: nargin - 3], nargout=2)
            along = (slope.T @ way).item()
            tries = tries + 1
            if tries > 6:
                break
        if not isreal(value):
            break
        path = ctranspose(horzcat(ctranspose(path), value))
        way = ((slope.T @ slope).item() - (slope0.T @ slope).item()) / (
            slope0.T @ slope0
        ).item() * way - slope
        fresh = (slope.T @ way).item()
        if fresh > 0:
            way = -slope
            fresh = (-way.T @ way).item()
        step = step * np.fmin(100, steep / (fresh - np.finfo(float).tiny))
        steep = fresh
        if exist("OCTAVE_VERSION"):
            # fflush(stdout);  (MATLAB)
            pass
    return x, path, k
