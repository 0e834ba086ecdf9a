"""A slice drops a dimension: (n,) for (n, 1).

Every MATLAB array has two dimensions at least. `A[:, 0]` has one, and what is computed from it later
broadcasts in other ways. Slice with a list, `A[:, [0]]`, or with a range, `A[:, 0:1]`.
"""

from collections.abc import Iterator

from port.reference.causes.arrays import is_vector
from port.reference.causes.rule import Manual, Pair, Step

MANUAL = Manual(
    code="L09",
    setup="A = np.arange(12.0).reshape(3, 4)",
    matlab="ref = A(:,1);",
    wrong="got = A[:, 0]",
    right="got = A[:, [0]]",
    remedy="Keep two dimensions: A[:, [0]], keepdims=True, or reshape(-1, 1).",
    see="https://github.com/numpy/numpy/blob/main/doc/source/user/numpy-for-matlab-users.rst",
)


def undo(pair: Pair) -> Iterator[Step]:
    """got has fewer dimensions than want, and the missing ones have length 1."""
    want, got = pair.want, pair.got
    if got.ndim >= want.ndim or want.size == 1:
        return
    evidence = f"got has {got.ndim} dimensions, want {want.ndim}"
    if want.squeeze().shape == got.squeeze().shape:
        yield pair.step(evidence, got=got.reshape(want.shape))
    elif want.ndim == 2 and got.ndim == 1 and is_vector(want) and want.size != got.size:
        yield pair.step(evidence, got=got.reshape((-1, 1) if want.shape[1] == 1 else (1, -1)))
