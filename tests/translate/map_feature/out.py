from port.migrate.runtime import COLON, assign, last, ones, power, size


def mapFeature(X1=None, X2=None):
    """Feature mapping function to polynomial features

    Observed arguments:
    X1 : (3, 1) float64
    X2 : (3, 1) float64
    """
    degree = 3
    out = ones(size(X1[:, [0]]))
    for i in range(1, 4):
        for j in range(i + 1):
            out = assign(
                out, power(X1, i - j) * power(X2, j), COLON, last(out, 2, 2) + 1
            )
    return out
