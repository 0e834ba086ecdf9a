from port.migrate.runtime import COLON, assign, ones, power, size


def monomials(u=None, v=None):
    """all products of powers up to the third degree

    Observed arguments:
    u : (3, 1) float64
    v : (3, 1) float64
    """
    top = 3
    out = ones(size(u[:, [0]]))
    for d in range(1, 4):
        for k in range(d + 1):
            out = assign(out, power(u, d - k) * power(v, k), COLON, out.shape[1] + 1)
    return out
