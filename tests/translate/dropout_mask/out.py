from port.migrate.runtime import rand, randn, size


def dropoutForward(a=None, p=None, gout=None):
    """Observed arguments:
    a : (2, 4) float64
    p : float
    gout : (2, 4) float64
    """
    randn("twister", 11)
    rand("twister", 11)
    mask = (rand(size(a)) > p) / (1 - p)
    out = a * mask
    noise = randn(2, 2)
    gin = gout * mask + noise[0, 0] * 0
    return out, mask, gin
