from port.migrate.runtime import COLON, assign, last, ones, power, size


def mapFeature(X1=None, X2=None):
    """Feature mapping function to polynomial features"""
    degree = 3
    out = ones(size(X1[:, [0]]))
    for i in range(1, 4):
        for j in range(i + 1):
            out = assign(
                out, power(X1, i - j) * power(X2, j), COLON, last(out, 2, 2) + 1
            )
    return out
