from port.migrate.runtime import hist, histc, linspace, max_, min_


def histogram(data=None, k=None):
    """Observed arguments:
    data : (1, 8) float64
    k : float
    """
    n, x = hist(data, k, nargout=2)
    edges = linspace(min_(data), max_(data), k + 1)
    h = histc(data, edges)
    n = n / n.sum()
    return n, x, h, edges
