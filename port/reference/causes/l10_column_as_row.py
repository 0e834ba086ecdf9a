"""A vector stands the other way: a row for a column.

`scipy.io.savemat` writes a 1-D array as a row (oned_as='row' is its default), and `np.array([..])[None]`
makes rows too, where MATLAB code keeps columns. The values are right, the shape is (1, n) for (n, 1).
"""

from collections.abc import Iterator

from port.reference.causes.arrays import is_vector
from port.reference.causes.rule import Manual, Pair, Step

MANUAL = Manual(
    code="L10",
    setup="v = np.arange(5.0).reshape(-1, 1)",
    matlab="ref = v;",
    wrong="got = v.reshape(1, -1)",
    right="got = v.reshape(-1, 1)",
    remedy="Save with oned_as='column', or reshape(-1, 1) before saving.",
    see="https://docs.scipy.org/doc/scipy/reference/generated/scipy.io.savemat.html",
)


def undo(pair: Pair) -> Iterator[Step]:
    """One is a row, the other a column."""
    want, got = pair.want, pair.got
    if want.ndim == got.ndim == 2 and is_vector(want) and is_vector(got):
        if (want.shape[0] == 1) != (got.shape[0] == 1):
            evidence = f"got is {got.shape}, want is {want.shape}"
            yield pair.step(evidence, want=want.T)
            yield pair.step(evidence, got=got.T, mirrored=True)
