from port.migrate.runtime import mrdivide, mtimes


def shapes(alpha=None, v=None, w=None, M=None):
    """the same star is a product of numbers, of vectors or of matrices"""
    a = mtimes(alpha, v)
    b = mtimes(v, w)
    c = mtimes(w, v)
    d = mrdivide(mtimes(mtimes(alpha, M), w), alpha)
    e = mtimes(mtimes(v, M), w)
    return a, b, c, d, e
