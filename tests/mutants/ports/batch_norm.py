import numpy as np


def bn_forward(x, gamma, beta, eps):
    """Samples x features, as in most Python code."""
    mean = x.mean(axis=0)
    centred = x - mean
    var = (centred**2).mean(axis=0)
    inv = 1 / np.sqrt(var + eps)
    normed = centred * inv
    return gamma * normed + beta, (centred, inv, normed)


def bn(x, gamma, beta, dout, eps):
    out, (centred, inv, normed) = bn_forward(x, gamma, beta, eps)
    n = x.shape[0]
    d_gamma = np.sum(dout * normed, axis=0)
    d_beta = np.sum(dout, axis=0)
    d_normed = dout * gamma
    d_var = np.sum(d_normed * centred, axis=0) * -0.5 * inv**3
    d_mean = -np.sum(d_normed * inv, axis=0) - 2 * d_var * centred.mean(axis=0)
    d_x = d_normed * inv + 2 / n * d_var * centred + d_mean / n
    return out, d_x, d_gamma, d_beta
