import numpy as np

from port.migrate.runtime import (
    COLON,
    assign,
    fprintf,
    index,
    isempty,
    istrue,
    mean,
    min_,
)


def lloyd(P=None, start=None, rounds=None, talk=None):
    """Observed arguments:
    P : (7, 2) float64
    start : (3, 2) float64
    rounds : float
    """
    if talk is None or isempty(talk):
        talk = False
    n, d = P.shape
    k = start.shape[0]
    centres = start.copy()
    before = centres.copy()
    which = np.zeros((n, 1))
    for r in range(1, int(rounds) + 1):
        # all squared distances at once
        D = (
            (P**2).sum(axis=1, keepdims=True)
            + (centres**2).sum(axis=1, keepdims=True).T
            - 2 * P @ centres.T
        )
        _, which = min_(D, dim=2, nargout=2)
        if istrue(talk):
            fprintf("round %d of %d\\n", r, rounds)
        before = centres.copy()
        for c in range(1, k + 1):
            if (which == c).any():
                centres = assign(
                    centres, mean(index(P, which == c, COLON), 1), c, COLON
                )
    return centres, which
