import numpy as np

from port.migrate.runtime import index, istrue, lt, mrdivide, mtimes, size, whole


def cgSolve(A=None, b=None, tol=None, maxit=None):
    b = np.atleast_2d(b)
    k = None
    x = np.zeros(b.shape)
    r = b - mtimes(A, x)
    p = r
    rs = r.T @ r
    residuals = np.emath.sqrt(rs)
    for k in range(1, whole(maxit) + 1):
        Ap = mtimes(A, p)
        alpha = mrdivide(rs, mtimes(p.T, Ap))
        x = x + mtimes(alpha, p)
        r = r - mtimes(alpha, Ap)
        rsnew = r.T @ r
        residuals = np.hstack([residuals, np.emath.sqrt(rsnew)])
        if istrue(lt(np.emath.sqrt(rsnew), tol)):
            break
        p = r + mtimes(mrdivide(rsnew, rs), p)
        rs = rsnew
    residuals = index(residuals, np.arange(1.0, 3)[np.newaxis])
    return x, k, residuals
