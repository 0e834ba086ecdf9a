import numpy as np

from port.migrate.runtime import copied, error, lower, power


def adamStep(theta=None, grad=None, m=None, v=None, t=None, *varargin):
    """Observed arguments:
    theta : (2, 1) float64
    grad : (2, 1) float64
    m : (2, 1) float64
    v : (2, 1) float64
    t : float
    varargin : cell
    """
    varargin = list(varargin)
    theta = copied(theta)
    m = copied(m)
    v = copied(v)
    alpha = 0.001
    beta1 = 0.9
    beta2 = 0.999
    epsilon = 1e-08
    for k in range(1, len(varargin) + 1, 2):
        choice2 = lower(varargin[k - 1])
        if choice2 == "alpha":
            alpha = varargin[k]
        elif choice2 in ("beta1", "b1"):
            beta1 = varargin[k]
        else:
            error("adamStep:option", "unknown option %s", varargin[k - 1])
    m = beta1 * m + (1 - beta1) * grad
    v = beta2 * v + (1 - beta2) * grad**2
    mhat = m / (1 - power(beta1, t))
    vhat = v / (1 - power(beta2, t))
    theta = theta - alpha * mhat / (np.emath.sqrt(vhat) + epsilon)
    return theta, m, v
