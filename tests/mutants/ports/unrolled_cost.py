import numpy as np


def logistic(v):
    return 1 / (1 + np.exp(-v))


def unpack(flat, n_in, n_hid, n_out):
    cut = n_hid * (n_in + 1)
    first = flat[:cut].reshape((n_hid, n_in + 1), order="F")
    second = flat[cut:].reshape((n_out, n_hid + 1), order="F")
    return first, second


def with_bias(rows):
    return np.column_stack([np.ones(len(rows)), rows])


def objective(flat, n_in, n_hid, n_out, X, labels, reg):
    A, B = unpack(flat, n_in, n_hid, n_out)
    n = X.shape[0]
    inputs = with_bias(X)
    hidden = logistic(inputs @ A.T)
    extended = with_bias(hidden)
    probs = logistic(extended @ B.T)
    wanted = (labels.reshape(-1, 1) == np.arange(1, n_out + 1)).astype(float)
    fit = -np.sum(wanted * np.log(probs) + (1 - wanted) * np.log(1 - probs)) / n
    cost = fit + reg / (2 * n) * (np.sum(A[:, 1:] ** 2) + np.sum(B[:, 1:] ** 2))
    out_err = probs - wanted
    hid_err = (out_err @ B[:, 1:]) * hidden * (1 - hidden)
    grad_a = hid_err.T @ inputs / n + reg / n * np.hstack([np.zeros((n_hid, 1)), A[:, 1:]])
    grad_b = out_err.T @ extended / n + reg / n * np.hstack([np.zeros((n_out, 1)), B[:, 1:]])
    return cost, np.concatenate([grad_a.ravel(order="F"), grad_b.ravel(order="F")])
