from port.migrate.runtime import (
    COLON,
    assign,
    conv2,
    convn,
    copied,
    flipdim,
    index,
    mrdivide,
    ndims,
    size,
    sum_,
    whole,
    zeros,
)


def kernelGradient(a=None, d=None, k=None):
    """gradients of a convolution layer, deltas d, activations a, kernel k

    Observed arguments:
    a : float64
    d : float64
    k : (3, 3) float64
    """
    dk = mrdivide(convn(flipall(a), d, "valid"), size(d, 3))
    db = mrdivide(sum_(index(d, COLON)), size(d, 3))
    d_in = zeros(size(a))
    for s in range(1, whole(size(d, 3)) + 1):
        d_in = assign(
            d_in, conv2(index(d, COLON, COLON, s), rot180(k), "full"), COLON, COLON, s
        )
    return dk, db, d_in


def rot180(X=None):
    """Observed arguments:
    X : (3, 3) float64
    """
    X = copied(X)
    X = flipdim(flipdim(X, 1), 2)
    return X


def flipall(X=None):
    """Observed arguments:
    X : float64
    """
    X = copied(X)
    for i in range(1, ndims(X) + 1):
        X = flipdim(X, i)
    return X
