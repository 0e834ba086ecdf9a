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
    mrdivide,
    mtimes,
)


def minimizeCg(f=None, X=None, options=None, P1=None, P2=None):
    """Minimize a continuous differentiable multivariate function, after the
    manner of conjugate gradient routines handed around in courses.

    Observed arguments:
    f : struct
    X : (3, 1) float64
    options : struct
    P1 : (3, 3) float64
    P2 : (3, 1) float64
    """
    nargin = sum(value is not None for value in (f, X, options, P1, P2))
    X = copied(X)
    if (
        options is not None
        and not isempty(options)
        and istrue(isfield(options, "MaxIter"))
    ):
        length = options.MaxIter
    else:
        length = 100
    RHO = 0.01
    SIG = 0.5
    INT = 0.1

    argstr = "feval(f, X"  # compose string used to call function

    argstr = "feval(f, X)"

    i = 0
    fX = np.zeros((0, 0))
    f1, df1 = feval(f, X, *[P1, P2][: nargin - 3], nargout=2)
    s = -1 * df1
    d1 = mtimes(-1 * ctranspose(s), s)
    z1 = mrdivide(1, 1 - d1)
    while i < np.abs(length):
        i = i + (length > 0)
        X0 = X
        f0 = f1
        df0 = df1
        X = X + mtimes(z1, s)
        f2, df2 = feval(f, X, *[P1, P2][: nargin - 3], nargout=2)
        d2 = mtimes(ctranspose(df2), s)
        tries = 0
        while istrue(
            np.logical_or(
                f2 > f1 + mtimes(z1 * RHO, d1),
                np.logical_and(np.abs(d2) > -SIG * d1, tries < 3),
            )
        ):
            z3 = -0.5 * z1
            if istrue(np.logical_or(np.isnan(z3), np.isinf(z3))):
                z3 = INT
            z1 = z1 + z3
            X = X + mtimes(z3, s)
            f2, df2 = feval(f, X, *[P1, P2][: nargin - 3], nargout=2)
            d2 = mtimes(ctranspose(df2), s)
            tries = tries + 1
            if tries > 6:
                break
        if not isreal(f2):
            break
        f1 = f2
        fX = ctranspose(horzcat(ctranspose(fX), f1))
        s = (
            mtimes(
                mrdivide(
                    mtimes(ctranspose(df2), df2) - mtimes(ctranspose(df1), df2),
                    mtimes(ctranspose(df1), df1),
                ),
                s,
            )
            - df2
        )
        tmp = df1
        df1 = df2
        df2 = tmp
        d2 = mtimes(ctranspose(df1), s)
        if istrue(d2 > 0):
            s = -1 * df1
            d2 = mtimes(-1 * ctranspose(s), s)
        z1 = mtimes(z1, np.fmin(100, mrdivide(d1, d2 - np.finfo(float).tiny)))
        d1 = d2
        if exist("OCTAVE_VERSION"):
            # fflush(stdout);  (MATLAB)
            pass
    return X, fX, i
