import numpy as np

from port.migrate.runtime import ctranspose, diag, eps, max_, mrdivide, mtimes, sum_


def softmaxJacobian(z=None, g=None):
    z = z - max_(z)
    p = mrdivide(np.exp(z), sum_(np.exp(z)))
    J = diag(p) - mtimes(p, ctranspose(p))
    g1 = mtimes(ctranspose(J), g)
    g2 = p * (g - sum_(p * g))
    same = max_(np.abs(g1 - g2)) < eps(1) * 10
    return p, J, g1, g2, same
