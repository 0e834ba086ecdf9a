from types import SimpleNamespace

import numpy as np

from port.migrate.runtime import (
    COLON,
    assign,
    columns,
    ctranspose,
    index,
    max_,
    mean,
    put,
    sprintf,
    unique,
    var,
)


def naiveBayes(X=None, y=None, Xt=None):
    """Observed arguments:
    X : (6, 2) float64
    y : (6, 1) float64
    Xt : (2, 2) float64
    """
    classes = ctranspose(unique(y))
    model = SimpleNamespace()
    logp = np.zeros((Xt.shape[0], classes.size))
    for c in columns(classes):
        rows_ = y == c
        name = sprintf("class%d", c)
        model = put(model, mean(index(X, rows_, COLON)), name, "mu")
        model = put(model, var(index(X, rows_, COLON)) + 0.001, name, "s2")
        model = put(model, rows_.mean(), name, "prior")
        z = (Xt - getattr(model, name).mu) ** 2 / getattr(model, name).s2
        logp = assign(
            logp,
            np.emath.log(getattr(model, name).prior)
            - 0.5
            * (z + np.emath.log(2 * np.pi * getattr(model, name).s2)).sum(
                axis=1, keepdims=True
            ),
            COLON,
            c,
        )
    _, pred = max_(logp, dim=2, nargout=2)
    return pred, model
