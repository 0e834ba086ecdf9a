"""cov with variables in rows instead of columns.

`cov(X)` takes a column as a variable and a row as an observation; `np.cov(X)` the other way round. The
result has another size, unless X is square.
"""

from collections.abc import Iterator

import numpy as np

from port.reference.causes.arrays import Array
from port.reference.causes.rule import Manual, Pair, Step

MANUAL = Manual(
    code="A09",
    stage="recompute",
    setup="X = np.array([[3.0, -1, 4, 1], [-5, 9, -2, 6], [5, 3, 5, 8]])",
    matlab="ref = cov(X');",
    wrong="got = np.cov(X.T)",
    right="got = np.cov(X.T, rowvar=False)",
    remedy="Give rowvar=False.",
    see="https://numpy.org/doc/stable/reference/generated/numpy.cov.html",
)
MOST_VARIABLES = 2000


def undo(pair: Pair) -> Iterator[Step]:
    """The covariance of an input over its other axis; without inputs, two covariances of other sizes."""
    want, got = pair.want, pair.got
    if want.ndim != 2 or want.shape[0] != want.shape[1]:
        return
    for name, a in pair.facts.matrices.items():
        for turned in (a, a.T) if min(a.shape) > 1 and max(a.shape) <= MOST_VARIABLES else ():
            if len(turned) == len(want) and _starts(turned, want, pair) and pair.same(np.cov(turned), want):
                evidence = f"got takes the other axis of {name} for the variables"
                yield pair.step(evidence, want=np.cov(turned, rowvar=False), weight=0.95)
    if want.shape != got.shape and not pair.facts.arrays and _is_covariance(want) and _is_covariance(got):
        yield pair.explained("both look like covariances, of other variables", weight=0.1)


def _starts(a: Array, want: Array, pair: Pair) -> bool:
    """Whether the first two variables of an input have the covariances wanted."""
    return pair.same(np.cov(a[:2]), want[:2, :2])


def _is_covariance(array: Array) -> bool:
    """Square, symmetric, real, not diagonal, and no correlation above 1."""
    if np.iscomplexobj(array) or array.size < 4 or array.ndim != 2 or not np.array_equal(array, array.T):
        return False
    spread = np.sqrt(np.abs(np.diag(array)))
    return bool((np.diag(array) > 0).all() and (np.abs(array) <= np.outer(spread, spread) * (1 + 1e-9)).all())
