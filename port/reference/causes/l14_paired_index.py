"""A submatrix A([2 4], [1 3]) ported to paired fancy indexing.

Two index vectors select a block in MATLAB. In NumPy they are paired: `A[[1, 3], [0, 2]]` is the two
elements (1, 0) and (3, 2), the diagonal of the block. `np.ix_` selects the block.
"""

from collections.abc import Iterator

import numpy as np

from port.reference.causes.rule import Manual, Pair, Step

MANUAL = Manual(
    code="L14",
    setup="A = np.arange(20.0).reshape(4, 5) ** 2",
    matlab="ref = A([2 4],[1 3]);",
    wrong="got = A[[1, 3], [0, 2]]",
    right="got = A[np.ix_([1, 3], [0, 2])]",
    remedy="Index with np.ix_.",
    see="https://github.com/numpy/numpy/blob/main/doc/source/user/numpy-for-matlab-users.rst",
)


def undo(pair: Pair) -> Iterator[Step]:
    """got is the diagonal of a square want."""
    want, got = pair.want, pair.got
    if want.ndim == 2 and want.shape[0] == want.shape[1] == got.size > 1 and got.ndim == 1:
        yield pair.step("got is the diagonal of want", want=np.diag(want), weight=0.4)
