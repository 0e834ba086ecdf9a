"""cumsum and cumprod flatten by default.

`cumsum(A)` accumulates down every column; `np.cumsum(A)` strings the rows together first and returns one
dimension.
"""

from collections.abc import Iterator

import numpy as np

from port.reference.causes.arrays import is_vector
from port.reference.causes.rule import Manual, Pair, Step

MANUAL = Manual(
    code="A06",
    setup="A = np.arange(1.0, 13.0).reshape(3, 4)",
    matlab="ref = cumsum(A);",
    wrong="got = np.cumsum(A)",
    right="got = np.cumsum(A, axis=0)",
    remedy="Give axis=0.",
    see="https://numpy.org/doc/stable/reference/generated/numpy.cumsum.html",
)


def undo(pair: Pair) -> Iterator[Step]:
    """got accumulates, row after row, the increments (or the factors) of want's columns."""
    want, got = pair.want, pair.got
    if want.ndim > 1 and 1 < want.shape[0] < want.size and (got.ndim == 1 or is_vector(got)):
        line = (-1,) if got.ndim == 1 else (1, -1) if got.shape[0] == 1 else (-1, 1)
        summed = np.cumsum(np.diff(want, axis=0, prepend=0)).reshape(line)
        yield pair.step("got is the running sum over all of A, want over each column", want=summed)
        factors = np.concatenate([want[:1], want[1:] / want[:-1]])
        multiplied = np.cumprod(factors).reshape(line)
        yield pair.step("got is the running product over all of A, want over each column", want=multiplied)
