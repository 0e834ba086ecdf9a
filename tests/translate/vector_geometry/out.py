import numpy as np

from port.migrate.runtime import (
    acos,
    assign,
    cross,
    dot,
    mpower,
    mrdivide,
    mtimes,
    norm,
)


def geometry(a=None, b=None):
    """Observed arguments:
    a : (1, 3) float64
    b : (1, 3) float64
    """
    d = dot(a, b)
    c = cross(a, b)
    ang = acos(d / (norm(a) * norm(b))) * 180 / np.pi
    proj = mtimes(mrdivide(d, dot(b, b)), b)
    tri = 0.5 * norm(c)
    t = np.pi / 6
    R = np.array([[np.cos(t), -np.sin(t)], [np.sin(t), np.cos(t)]], dtype=float)
    R = mpower(R, 3)
    R = assign(R, 0, np.abs(R) < 1e-12)
    return d, c, ang, proj, tri, R
