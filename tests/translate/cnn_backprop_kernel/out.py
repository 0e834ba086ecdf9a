from port.migrate.runtime import (
    COLON,
    assign,
    conv2,
    convn,
    copied,
    extent,
    flipdim,
    index,
    mrdivide,
    ndims,
    size,
    sum_,
    zeros,
)


def kernelSlope(act=None, delta=None, kernel=None):
    """slopes of a filter stage: kernel, bias, and what goes further down

    Observed arguments:
    act : float64
    delta : float64
    kernel : (3, 3) float64
    """
    dk = mrdivide(convn(reversed(act), delta, "valid"), size(delta, 3))
    db = mrdivide(sum_(index(delta, COLON)), size(delta, 3))
    below = zeros(size(act))
    for s in range(1, extent(size(delta, 3)) + 1):
        below = assign(
            below,
            conv2(index(delta, COLON, COLON, s), turned(kernel), "full"),
            COLON,
            COLON,
            s,
        )
    return dk, db, below


def turned(A=None):
    """Observed arguments:
    A : (3, 3) float64
    """
    A = copied(A)
    A = flipdim(flipdim(A, 2), 1)
    return A


def reversed(A=None):
    """Observed arguments:
    A : float64
    """
    A = copied(A)
    for dim in range(ndims(A), 0, -1):
        A = flipdim(A, dim)
    return A
