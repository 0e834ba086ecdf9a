"""Ports written by hand, in the styles people write them: the calls of both sides and the inputs they share.

Variables are renamed, loops vectorised (or unrolled), samples lie in rows on one side, structs become classes. The
inputs of a call are made from one seed, so that nothing but this file is needed to run a pair.
"""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

FOLDER = Path(__file__).parent
Inputs = dict[str, Any]


@dataclass(frozen=True)
class Pair:
    """`name.m` and `name.py`; calls of None run a script."""

    name: str
    matlab_call: str | None
    python_call: str | None
    inputs: Inputs

    @property
    def matlab(self) -> Path:
        return FOLDER / f"{self.name}.m"

    @property
    def python(self) -> Path:
        return FOLDER / f"{self.name}.py"


Draw = Callable[[np.random.Generator], Inputs]
TABLE: dict[str, tuple[str | None, str | None, Draw]] = {
    "bp": (
        "bp(W1, W2, b1, b2, x, y)",
        "bp(W1, W2, b1, b2, x, y)",
        lambda r: {
            "W1": r.normal(size=(4, 2)),
            "W2": r.normal(size=(3, 4)),
            "b1": r.normal(size=(4, 1)),
            "b2": r.normal(size=(3, 1)),
            "x": r.normal(size=(2, 1)),
            "y": r.random((3, 1)),
        },
    ),
    "lstm_parts": (
        "[dW, dx, dh0, dc0] = lstm_parts(W, x, h0, c0, dh, dc)",
        "lstm_parts(W, x, h0, c0, dh, dc)",
        lambda r: {
            "W": r.normal(size=(12, 5)),
            "x": r.normal(size=(2, 4)),
            **{name: r.normal(size=(3, 4)) for name in ("h0", "c0", "dh", "dc")},
        },
    ),
    "square_unrolled": (
        "[J, g] = square_unrolled(p, X, y, 4)",
        "square_unrolled(p, X, y, 4)",
        lambda r: {"p": r.normal(size=(20, 1)), "X": r.normal(size=(4, 6)), "y": r.random((4, 6))},
    ),
    "online_backprop": (
        "[A, B, c, d] = online_backprop(W2, W3, b2, b3, X, Y, 0.7)",
        "train_once(W2, W3, b2, b3, X, Y, 0.7)",
        lambda r: {
            "W2": r.normal(size=(4, 3)),
            "W3": r.normal(size=(2, 4)),
            "b2": r.normal(size=(4, 1)),
            "b3": r.normal(size=(2, 1)),
            "X": r.normal(size=(3, 6)),
            "Y": r.random((2, 6)),
        },
    ),
    "nn_cost": (
        "nn_cost(T1, T2, X, y, 3, 0.8)",
        "cost(T1, T2, X, y, 3, 0.8)",
        lambda r: {
            "T1": r.normal(size=(5, 5)),
            "T2": r.normal(size=(3, 6)),
            "X": r.normal(size=(7, 4)),
            "y": np.array([[1.0], [3], [2], [2], [1], [3], [1]]),
        },
    ),
    "softmax_rows": (
        "softmax_rows(theta, data, labels, 0.05)",
        "softmax_cost(theta.T, data.T, labels.ravel().astype(int), 0.05)",
        lambda r: {
            "theta": r.normal(size=(3, 5)),
            "data": r.normal(size=(5, 8)),
            "labels": np.array([[1.0], [2], [3], [3], [1], [2], [1], [1]]),
        },
    ),
    "linear_descent": (
        "linear_descent(X, y, theta, 0.1, 12)",
        "descend(X, y.ravel(), theta.ravel(), 0.1, 12)",
        lambda r: {
            "X": np.hstack([np.ones((9, 1)), r.normal(size=(9, 2))]),
            "y": r.normal(size=(9, 1)),
            "theta": r.normal(size=(3, 1)),
        },
    ),
    "logistic_reg": (
        "logistic_reg(theta, X, y, 1.5)",
        "regularised(theta, X, y, 1.5)",
        lambda r: {
            "X": np.hstack([np.ones((10, 1)), r.normal(size=(10, 3))]),
            "theta": r.normal(size=(4, 1)),
            "y": (r.random((10, 1)) > 0.5).astype(float),
        },
    ),
    "kmeans_step": (
        "kmeans_step(X, C)",
        "step(X, C)",
        lambda r: {
            "X": r.normal(size=(15, 2)) + np.repeat([[0.0], [4], [8]], 5, 0),
            "C": np.array([[0.3, 0.1], [4.2, 3.5], [7.0, 8.1]]),
        },
    ),
    "pca_project": (
        "pca_project(X, 2)",
        "project(X, 2)",
        lambda r: {"X": r.normal(size=(12, 4)) @ r.normal(size=(4, 4))},
    ),
    "conv_pool": (
        "conv_pool(images, W, b, 2)",
        "conv_pool(images, W, b.ravel(), 2)",
        lambda r: {"images": r.random((7, 7, 3)), "W": r.normal(size=(2, 2, 2)), "b": r.normal(size=(2, 1))},
    ),
    "rnn_bptt": (
        "rnn_bptt(Wxh, Whh, Why, X, Y)",
        "bptt(Wxh, Whh, Why, X, Y)",
        lambda r: {
            "Wxh": r.normal(size=(4, 3)),
            "Whh": 0.5 * r.normal(size=(4, 4)),
            "Why": r.normal(size=(2, 4)),
            "X": r.normal(size=(3, 5)),
            "Y": r.normal(size=(2, 5)),
        },
    ),
    "numerical_gradient": (
        "numerical_gradient(w, A, b)",
        "check(w.ravel(), A, b.ravel())",
        lambda r: (lambda M: {"w": r.normal(size=(4, 1)), "A": M @ M.T, "b": r.normal(size=(4, 1))})(
            r.normal(size=(4, 4))
        ),
    ),
    "xor_script": (None, None, lambda r: {}),
    "sparse_autoencoder": (
        "sparse_autoencoder(theta, 4, 3, 0.01, 0.1, 2, data)",
        "autoencoder_loss(theta.ravel(), 4, 3, 0.01, 0.1, 2, data)",
        lambda r: {"theta": r.normal(size=(31, 1)), "data": r.random((4, 6))},
    ),
    "momentum_struct": (
        "momentum_struct(nn, X, Y, 0.2, 0.5, 4)",
        "fit(nn['W'], X, Y, 0.2, 0.5, 4)",
        lambda r: {
            "nn": {"W": [r.normal(size=(5, 4)), r.normal(size=(2, 6))]},
            "X": r.normal(size=(12, 3)),
            "Y": r.normal(size=(12, 2)),
        },
    ),
    "confusion": (
        "confusion(scores, y, 3)",
        "evaluate(scores, y.ravel().astype(int), 3)",
        lambda r: {
            "scores": r.random((11, 3)),
            "y": np.array([[1.0], [2], [3], [1], [2], [3], [1], [1], [2], [3], [2]]),
        },
    ),
    "gaussian_anomaly": (
        "gaussian_anomaly(X, y)",
        "select(X, y.ravel())",
        lambda r: {
            "X": np.vstack([r.normal(size=(20, 2)), 4 + r.normal(size=(3, 2))]),
            "y": np.vstack([np.zeros((20, 1)), np.ones((3, 1))]),
        },
    ),
    "cofi_cost": (
        "cofi_cost(X, Theta, Y, R, 1.2)",
        "recommender(X, Theta, Y, R, 1.2)",
        lambda r: {
            "X": r.normal(size=(6, 3)),
            "Theta": r.normal(size=(5, 3)),
            "Y": np.floor(5 * r.random((6, 5))) + 1,
            "R": (r.random((6, 5)) > 0.4).astype(float),
        },
    ),
    "batch_norm": (
        "batch_norm(x, gamma, beta, dy, 1e-5)",
        "bn(x.T, gamma.ravel(), beta.ravel(), dy.T, 1e-5)",
        lambda r: {
            "x": r.normal(size=(3, 8)),
            "gamma": r.normal(size=(3, 1)),
            "beta": r.normal(size=(3, 1)),
            "dy": r.normal(size=(3, 8)),
        },
    ),
    "svm_hinge": (
        "svm_hinge(W, X, y, 0.1)",
        "hinge(W, X, y, 0.1)",
        lambda r: {
            "W": r.normal(size=(4, 3)),
            "X": r.normal(size=(8, 4)),
            "y": np.array([[1.0], [3], [2], [2], [1], [3], [1], [2]]),
        },
    ),
    "perceptron": (
        "perceptron(X, y, 8)",
        "learn(X, y.ravel(), 8)",
        lambda r: (lambda X: {"X": X, "y": np.sign(X @ np.array([[1.0], [-0.7]]) + 0.2)})(
            r.normal(size=(14, 2))
        ),
    ),
    "poly_normal": (
        "poly_normal(x, y, 3)",
        "fit(x.ravel(), y.ravel(), 3)",
        lambda r: {"x": r.normal(size=(10, 1)), "y": r.normal(size=(10, 1))},
    ),
    "lstm_cell": (
        "lstm_cell(W, b, X, h, c)",
        "run(W, b.ravel(), X.T, h.ravel(), c.ravel())",
        lambda r: {
            "W": r.normal(size=(12, 5)),
            "b": r.normal(size=(12, 1)),
            "X": r.normal(size=(2, 4)),
            "h": r.normal(size=(3, 1)),
            "c": r.normal(size=(3, 1)),
        },
    ),
    "feature_norm": (
        "feature_norm(data, q)",
        "predict(data.T, q.ravel())",
        lambda r: {
            "data": r.normal(size=(4, 9)) * [[3.0], [100], [0.2], [5]] + [[1.0], [50], [2], [7]],
            "q": r.normal(size=(3, 1)),
        },
    ),
    "adam_softmax": (
        "adam_softmax(W, b, X, labels, 0.05, 6)",
        "train(W.T, b.ravel(), X.T, labels.ravel().astype(int) - 1, 0.05, 6)",
        lambda r: {
            "W": r.normal(size=(3, 4)),
            "b": r.normal(size=(3, 1)),
            "X": r.normal(size=(4, 7)),
            "labels": np.array([[1.0], [3], [2], [2], [1], [3], [1]]),
        },
    ),
    "deep_cells": (
        "deep_cells(W, b, X, Y, 0.02)",
        "evaluate(W, b, X.T, Y.T, 0.02)",
        lambda r: {
            "W": [r.normal(size=(4, 3)), r.normal(size=(5, 4)), r.normal(size=(2, 5))],
            "b": [r.normal(size=(4, 1)), r.normal(size=(5, 1)), r.normal(size=(2, 1))],
            "X": r.normal(size=(3, 6)),
            "Y": (r.random((2, 6)) > 0.5).astype(float),
        },
    ),
    "kernel_ridge": (
        "kernel_ridge(X, y, Xq, yq, 0.7, 0.3)",
        "regress(X, y.ravel(), Xq, yq.ravel(), 0.7, 0.3)",
        lambda r: {
            "X": r.normal(size=(6, 2)),
            "y": r.normal(size=(6, 1)),
            "Xq": r.normal(size=(4, 2)),
            "yq": r.normal(size=(4, 1)),
        },
    ),
    "unrolled_cost": (
        "unrolled_cost(p, 3, 4, 2, X, y, 0.6)",
        "objective(p.ravel(), 3, 4, 2, X, y.ravel(), 0.6)",
        lambda r: {
            "p": r.normal(size=(26, 1)),
            "X": r.normal(size=(5, 3)),
            "y": np.array([[1.0], [2], [2], [1], [2]]),
        },
    ),
    "classes_at_once": (
        "classes_at_once(X, y, 3, 0.4, 8, 0.5)",
        "fit_all(X, y.ravel(), 3, 0.4, 8, 0.5)",
        lambda r: {
            "X": r.normal(size=(9, 2)) + np.repeat([[0.0, 2], [2, -1], [-2, -1]], 3, 0),
            "y": np.array([[1.0], [1], [1], [2], [2], [2], [3], [3], [3]]),
        },
    ),
    "batches_zip": (
        "batches_zip(W, b, X, Y, 0.1, 0.6, 4)",
        "descend(W, b, X, Y, 0.1, 0.6, 4)",
        lambda r: {
            "W": [r.normal(size=(3, 5)), r.normal(size=(5, 2))],
            "b": [r.normal(size=(1, 5)), r.normal(size=(1, 2))],
            "X": r.normal(size=(10, 3)),
            "Y": r.normal(size=(10, 2)),
        },
    ),
    "rprop_early": (
        "rprop_early(w, X, t, 0.03, 20)",
        "minimise(w.ravel(), X, t.ravel(), 0.03, 20)",
        lambda r: (
            lambda X: {"w": r.normal(size=(3, 1)), "X": X, "t": np.tanh(X @ np.array([[0.5], [-0.3], [0.2]]))}
        )(r.normal(size=(8, 3))),
    ),
    "rbm_step": (
        "rbm_step(W, bv, bh, data, U, 0.3, 0.01)",
        "run(W, bv.ravel(), bh.ravel(), data.T, U.T, 0.3, 0.01)",
        lambda r: {
            "W": r.normal(size=(5, 3)),
            "bv": r.normal(size=(5, 1)),
            "bh": r.normal(size=(3, 1)),
            "data": (r.random((5, 7)) > 0.5).astype(float),
            "U": r.random((3, 7)),
        },
    ),
    "neighbours": (
        "neighbours(train, labels, test, truth, 3)",
        "classify(train, labels.ravel(), test, truth.ravel(), 3)",
        lambda r: {
            "train": r.normal(size=(9, 2)) + np.repeat([[0.0], [2], [4]], 3, 0),
            "labels": np.array([[1.0], [1], [1], [2], [2], [2], [3], [3], [3]]),
            "test": r.normal(size=(5, 2)) + np.array([[0.0], [1], [2], [3], [4]]),
            "truth": np.array([[1.0], [2], [2], [2], [3]]),
        },
    ),
}
PAIRS = {
    name: Pair(name, matlab, python, draw(np.random.default_rng(7)))
    for name, (matlab, python, draw) in TABLE.items()
}
