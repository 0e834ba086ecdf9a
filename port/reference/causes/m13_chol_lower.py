"""chol is upper triangular in MATLAB, lower in NumPy.

`chol(A)` is R with R'*R = A; `np.linalg.cholesky(A)` is L with L*L' = A. One is the transpose of the other.
"""

from collections.abc import Iterator

from port.reference.causes.arrays import is_triangular
from port.reference.causes.rule import Manual, Pair, Step

MANUAL = Manual(
    code="M13",
    setup="Pd = np.array([[4.0, 1, 2], [1, 5, 3], [2, 3, 6]])",
    matlab="ref = chol(Pd);",
    wrong="got = np.linalg.cholesky(Pd)",
    right="got = np.linalg.cholesky(Pd).T",
    remedy="Transpose: np.linalg.cholesky(A).conj().T.",
    see="https://github.com/numpy/numpy/blob/main/doc/source/user/numpy-for-matlab-users.rst",
)


def undo(pair: Pair) -> Iterator[Step]:
    """want is upper triangular with a positive diagonal, got is its transpose."""
    want = pair.want
    if is_triangular(want) and (want.diagonal().real > 0).all():
        yield pair.step("want is upper triangular, got its transpose", want=want.conj().T, weight=0.95)
