from port.migrate.runtime import mldivide, mpower, mrdivide


def matrixOps(A=None, B=None, x=None):
    """Observed arguments:
    A : (2, 2) float64
    B : (2, 2) float64
    x : (2, 1) float64
    """
    a = A @ B
    b = A * B
    c = mpower(A, 2)
    d = A**2
    e = mldivide(A, x)
    f = mrdivide(x.T, A)
    g = 2**3 * A.T - B.T
    h = A * 2 / 4 + x @ x.T
    return a, b, c, d, e, f, g, h
