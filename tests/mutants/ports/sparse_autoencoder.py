import numpy as np


def sig(x):
    return 1.0 / (1.0 + np.exp(-x))


def unpack(theta, v, h):
    n = v * h
    enc = theta[:n].reshape(h, v, order="F")
    dec = theta[n : 2 * n].reshape(v, h, order="F")
    return enc, dec, theta[2 * n : 2 * n + h], theta[2 * n + h :]


def autoencoder_loss(theta, v, h, decay, rho, beta, data):
    enc, dec, b_enc, b_dec = unpack(theta, v, h)
    m = data.shape[1]
    code = sig(enc @ data + b_enc[:, None])
    out = sig(dec @ code + b_dec[:, None])
    mean_code = code.mean(axis=1)
    divergence = np.sum(rho * np.log(rho / mean_code) + (1 - rho) * np.log((1 - rho) / (1 - mean_code)))
    squared = 0.5 * np.sum((out - data) ** 2) / m
    penalty = decay / 2 * (np.sum(enc**2) + np.sum(dec**2))
    loss = squared + penalty + beta * divergence
    d_out = (out - data) * out * (1 - out)
    pressure = beta * (-rho / mean_code + (1 - rho) / (1 - mean_code))
    d_code = (dec.T @ d_out + pressure[:, None]) * code * (1 - code)
    g_enc = d_code @ data.T / m + decay * enc
    g_dec = d_out @ code.T / m + decay * dec
    grad = np.concatenate(
        [g_enc.ravel(order="F"), g_dec.ravel(order="F"), d_code.mean(axis=1), d_out.mean(axis=1)]
    )
    return loss, grad
