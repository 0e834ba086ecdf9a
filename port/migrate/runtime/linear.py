"""Linear algebra as MATLAB returns it: upper Cholesky factors, V instead of its transpose, eigenvalues as
columns.
"""

import sys
from typing import Any

import numpy as np

from port.migrate.runtime.operators import mldivide
from port.migrate.runtime.reductions import axis_of, floats
from port.migrate.runtime.shapes import first_dim
from port.migrate.runtime.values import (
    Array,
    MatlabError,
    Value,
    given,
    matrix,
    narrow,
    number,
    unbox,
    whole,
)


def _square(x: Value, name: str) -> Array:
    array = floats(x)
    if array.ndim != 2 or array.shape[0] != array.shape[1]:
        raise MatlabError(f"{name}: argument must be a square matrix")
    return array


def norm(x: Value, p: Value = None) -> Value:
    """The 2-norm: of a matrix its largest singular value (`np.linalg.norm`: Frobenius); or 1, Inf, "fro", any
    p of a vector.
    """
    array = floats(x)
    if array.size == 0:
        return np.float64(0)
    kind: Any = (p if isinstance(p, str) else number(p)) if p is not None else 2
    if isinstance(kind, str):
        kind = {"fro": "fro", "inf": np.inf, "Inf": np.inf}[kind]
    if 1 in array.shape:
        return np.linalg.norm(array.ravel(), None if kind == "fro" else kind)
    if kind == 2 and not np.isfinite(array).all():
        return np.float64(np.nan)
    return np.linalg.norm(array, kind)


def svd(x: Value, economy: Value = None, *, nargout: int = 1) -> Any:
    """The singular values as a column, or with `nargout=3` U, S (a matrix) and V (NumPy: its transpose).

    SciPy's `gesvd`, where there is SciPy, gives the signs of Octave's vectors; NumPy's `gesdd` may turn some.
    """
    array = floats(x)
    if nargout == 1:
        return unbox(np.linalg.svd(array, compute_uv=False).reshape(-1, 1))
    u, s, vh = _decomposed(array, full=economy is None)
    diagonal = np.zeros((u.shape[1], vh.shape[0]))
    np.fill_diagonal(diagonal, s)
    return (unbox(u), unbox(diagonal), unbox(vh.conj().T))[:nargout]


def _decomposed(array: Array, full: bool) -> tuple[Array, Array, Array]:
    try:
        from scipy.linalg import svd as lapack_svd
    except ImportError:
        u, s, vh = np.linalg.svd(array, full_matrices=full)
        return u, s, vh
    u, s, vh = lapack_svd(array, full_matrices=full, lapack_driver="gesvd")
    return u, s, vh


def eig(x: Value, other: Value = None, *, nargout: int = 1) -> Any:
    """The eigenvalues as a column (ascending where symmetric), or with `nargout=2` the vectors and a diagonal
    matrix.
    """
    array = _square(x, "eig")
    values, vectors = _eigen(array, other)
    if nargout == 1:
        return unbox(narrow(values).reshape(-1, 1) if array.size else array)
    return unbox(narrow(vectors)), unbox(np.diag(narrow(values)))


def _eigen(array: Array, other: Value) -> tuple[Array, Array]:
    if given(other):
        return _generalized(array, floats(other))
    if not np.array_equal(array, array.conj().T):
        values, vectors = np.linalg.eig(array)
        return values, vectors
    try:
        from scipy.linalg import eigh
    except ImportError:
        values, vectors = np.linalg.eigh(array)
        return values, vectors
    values, vectors = eigh(array, driver="ev")
    return values, vectors


def _generalized(array: Array, other: Array) -> tuple[Array, Array]:
    from scipy.linalg import eig as lapack_eig
    from scipy.linalg import eigh

    if np.array_equal(array, array.conj().T) and np.array_equal(other, other.conj().T):
        values, vectors = eigh(array, other)
    else:
        values, vectors = lapack_eig(array, other)
    return values, vectors


def eigs(x: Value, count: Value = 6, which: Value = "lm", *, nargout: int = 1) -> Any:
    """The eigenvalues of largest magnitude (or "sm", "la", "sa"), largest first, computed densely."""
    values, vectors = _eigen(_square(x, "eigs"), None)
    keys = {"lm": -np.abs(values), "sm": np.abs(values), "la": -values.real, "sa": values.real}
    order = np.argsort(keys[str(which).lower()], kind="stable")[: whole(count)]
    if str(which).lower() == "sm":
        order = order[::-1]
    chosen = narrow(values[order])
    if nargout == 1:
        return unbox(chosen.reshape(-1, 1))
    return unbox(narrow(vectors[:, order])), unbox(np.diag(chosen))


def chol(x: Value, which: str = "upper", *, nargout: int = 1) -> Any:
    """The upper factor R of `R' * R` (NumPy: the lower); with `nargout=2` also 0, or where it stopped being
    positive.
    """
    array = _square(x, "chol")
    try:
        factor = np.linalg.cholesky(array if which == "lower" else array.conj().T)
    except np.linalg.LinAlgError:
        if nargout == 1:
            raise MatlabError("chol: input matrix must be positive definite") from None
        return _leading_factor(array)
    result = unbox(factor if which == "lower" else factor.conj().T)
    return (result, np.float64(0)) if nargout > 1 else result


def _leading_factor(array: Array) -> tuple[Array, float]:
    """The factor of the largest leading block that is positive definite, and the order at which it fails."""
    size = array.shape[0]
    while size:
        try:
            return np.linalg.cholesky(array[:size, :size]).conj().T, size + 1.0
        except np.linalg.LinAlgError:
            size -= 1
    return np.zeros((0, 0)), 1.0


def cholupdate(factor: Value, x: Value, sign: str = "+", *, nargout: int = 1) -> Any:
    """The upper factor of `R' * R + x * x'`, or with "-" of their difference; with `nargout=2` also 0."""
    upper, column = floats(factor), floats(x)
    change = column @ column.conj().T
    return chol(upper.conj().T @ upper + (change if sign == "+" else -change), nargout=nargout)


def qr(x: Value, economy: Value = None, *, nargout: int = 1) -> Any:
    """R, or with `nargout=2` Q and R, with `nargout=3` and a permutation too; full size unless `economy` is
    0.
    """
    array = floats(x)
    if nargout > 2:
        return _pivoted_qr(array, economy is not None)
    q, r = np.linalg.qr(array, mode="reduced" if economy is not None else "complete")
    return (unbox(q), unbox(r)) if nargout > 1 else unbox(r)


def _pivoted_qr(array: Array, economy: bool) -> tuple[Array, Array, Array]:
    from scipy.linalg import qr as lapack_qr

    q, r, places = lapack_qr(array, mode="economic" if economy else "full", pivoting=True)
    return q, r, (places + 1.0).reshape(1, -1) if economy else np.eye(array.shape[1])[:, places]


def lu(x: Value, *, nargout: int = 2) -> Any:
    """L, U and with `nargout=3` the permutation matrix P of `P * x = L * U`; with two, L is `P' * L`."""
    upper = floats(x).copy()
    m, n = upper.shape
    k = min(m, n)
    lower, order = np.eye(m, k), np.arange(m)
    for j in range(k):
        pivot = j + int(np.argmax(np.abs(upper[j:, j])))
        if pivot != j:
            upper[[j, pivot]], order[[j, pivot]] = upper[[pivot, j]], order[[pivot, j]]
            lower[[j, pivot], :j] = lower[[pivot, j], :j]
        if upper[j, j] != 0:
            lower[j + 1 :, j] = upper[j + 1 :, j] / upper[j, j]
            upper[j + 1 :] -= np.outer(lower[j + 1 :, j], upper[j])
            upper[j + 1 :, j] = 0
    permutation = np.eye(m)[order]
    upper = upper[:k]
    if nargout > 2:
        return unbox(lower), unbox(upper), unbox(permutation)
    return unbox(permutation.T @ lower), unbox(upper)


def inv(x: Value) -> Value:
    """The inverse; of a singular matrix Inf with a warning (NumPy raises)."""
    array = _square(x, "inverse")
    try:
        result = np.linalg.inv(array)
        singular = array.size > 0 and np.linalg.cond(array, 1) * np.finfo(float).eps > 1
    except np.linalg.LinAlgError:
        result, singular = np.full(array.shape, np.inf), True
    if singular:
        print("warning: matrix singular to machine precision", file=sys.stderr)
    return unbox(result)


def pinv(x: Value, tolerance: Value = None) -> Value:
    """The pseudo-inverse; singular values up to `max(size) * norm * eps` count as 0 (NumPy: 1e-15 * norm)."""
    array = floats(x)
    if array.size == 0:
        return np.zeros(array.shape[::-1])
    u, s, vh = np.linalg.svd(array, full_matrices=False)
    bound = number(tolerance) if given(tolerance) else max(array.shape) * s[0] * np.finfo(array.dtype).eps
    kept = s > bound
    return unbox((vh[kept].conj().T / s[kept]) @ u[:, kept].conj().T)


def linsolve(a: Value, b: Value, options: Value = None) -> Value:
    """The solution x of a * x = b, or with the option `TRANSA` of a' * x = b."""
    transposed = options is not None and bool(np.all(getattr(options, "TRANSA", False)))
    return mldivide(matrix(a).conj().T if transposed else a, b)


def det(x: Value) -> Value:
    """The determinant; of a scalar itself, of `[]` 1."""
    array = _square(x, "det")
    return array.reshape(-1)[0] if array.size == 1 else np.linalg.det(array)


def rank(x: Value, tolerance: Value = None) -> Value:
    """The number of singular values above `max(size) * norm * eps`."""
    array = floats(x)
    s = np.linalg.svd(array, compute_uv=False) if array.size else np.zeros(0)
    bound = (
        number(tolerance) if given(tolerance) else max(array.shape) * max(s, default=0) * np.finfo(float).eps
    )
    return np.float64(np.count_nonzero(s > bound))


def issymmetric(x: Value, tolerance: Value = 0.0) -> bool:
    """Whether `x` is square and equals its transpose, or with a tolerance differs by so much of its norm at most."""
    array = matrix(x)
    square = array.ndim == 2 and array.shape[0] == array.shape[1]
    return square and _small(array - array.T, array, number(tolerance))


def ishermitian(x: Value, tolerance: Value = 0.0) -> bool:
    """Whether `x` is square and equals its conjugate transpose, as `issymmetric`."""
    array = matrix(x)
    square = array.ndim == 2 and array.shape[0] == array.shape[1]
    return square and _small(array - array.conj().T, array, number(tolerance))


def _small(difference: Array, array: Array, tolerance: float) -> bool:
    """Whether a difference is 0, or its norm within so much of the array's."""
    if tolerance == 0:
        return not np.any(difference)
    return bool(np.linalg.norm(difference, np.inf) <= tolerance * np.linalg.norm(array, np.inf))


def isdiag(x: Value) -> bool:
    """Whether all of `x` off its diagonal is 0."""
    return istriu(x) and istril(x)


def istriu(x: Value) -> bool:
    """Whether all of `x` below its diagonal is 0."""
    return not np.any(np.tril(matrix(x), -1))


def istril(x: Value) -> bool:
    """Whether all of `x` above its diagonal is 0."""
    return not np.any(np.triu(matrix(x), 1))


def trace(x: Value) -> Value:
    """The sum of the diagonal; of a scalar itself, of `[]` 0, of a vector its first element (MATLAB: an error)."""
    array = floats(x)
    return array.flat[0] if 1 in array.shape else np.trace(_square(array, "trace"))


def cond(x: Value, p: Value = 2) -> Value:
    """The condition number, in the 2-norm unless told otherwise."""
    kind: Any = p if isinstance(p, str) else number(p)
    return np.float64(np.linalg.cond(floats(x), kind))


def null(x: Value) -> Value:
    """An orthonormal basis of the null space."""
    array = floats(x)
    if array.size == 0:
        return np.zeros((0, 0))
    _, s, vh = _decomposed(array, full=True)
    count = int(np.count_nonzero(s > max(array.shape) * s[0] * np.finfo(float).eps))
    basis = vh[count:].conj().T
    return unbox(np.where(np.abs(basis) < np.finfo(float).eps, 0.0, basis))


def orth(x: Value) -> Value:
    """An orthonormal basis of the column space."""
    u, s, _ = _decomposed(floats(x), full=False)
    return unbox(u[:, s > max(matrix(x).shape) * s[0] * np.finfo(float).eps])


def expm(x: Value) -> Value:
    """The matrix exponential (`np.exp` goes element by element)."""
    from scipy.linalg import expm as matrix_exponential

    return unbox(matrix_exponential(_square(x, "expm")))


def logm(x: Value) -> Value:
    """The matrix logarithm."""
    from scipy.linalg import logm as matrix_logarithm

    return unbox(narrow(matrix_logarithm(_square(x, "logm"))))


def sqrtm(x: Value) -> Value:
    """The matrix square root."""
    from scipy.linalg import sqrtm as matrix_root

    return unbox(narrow(matrix_root(_square(x, "sqrtm"))))


def dot(x: Value, y: Value, dim: Value = None) -> Value:
    """The sum of products down columns, 1xn for matrices (`np.dot` is the matrix product); x is conjugated."""
    a, b = floats(x), floats(y)
    if 1 in a.shape and 1 in b.shape and a.size == b.size and not given(dim):
        return unbox(narrow(np.vdot(a, b).reshape(1, 1)))
    if a.shape != b.shape:
        raise MatlabError("dot: sizes of X and Y must match")
    axis = whole(dim) - 1 if given(dim) else first_dim(a)
    return unbox((a.conj() * b).sum(axis=axis, keepdims=True))


def cross(x: Value, y: Value) -> Value:
    """The cross product along the first dimension of extent 3; of a row and a column, a column."""
    a, b = floats(x), floats(y)
    if a.shape != b.shape and a.size == b.size == 3:
        return np.cross(a.ravel(), b.ravel()).reshape(-1, 1)
    axis = a.shape.index(3)
    return unbox(np.cross(a, b, axis=axis))


def vecnorm(x: Value, p: Value = 2, dim: Value = None) -> Value:
    """The norms of columns (of a row: of all of it), of order `p`."""
    array = floats(x)
    return unbox(np.linalg.norm(array, ord=number(p), axis=axis_of(array, dim), keepdims=True))


def cov(x: Value, y: Value = None, over: Value = None) -> Value:
    """The covariance of columns (rows are observations, `np.cov`: columns), over n - 1, or over n where told
    1.

    Of two arguments: of the columns of one with those of the other, as Octave 7 has it (MATLAB: of both
    flattened).
    """
    a = _observations(x)
    if given(y) and matrix(y).size == 1 and a.shape[0] > 1:
        y, over = None, y
    b = _observations(y) if given(y) else a
    count = a.shape[0] - (0 if given(over) and whole(over) == 1 else 1)
    centred = (a - a.mean(axis=0)).conj().T @ (b - b.mean(axis=0))
    return unbox(centred / max(count, 1))


def _observations(x: Value) -> Array:
    """A vector as one column of observations."""
    array = floats(x)
    return array.reshape(-1, 1) if 1 in array.shape else array


def corr(x: Value, y: Value = None) -> Value:
    """The correlation of the columns of `x` with those of `y`; of a scalar 1."""
    if matrix(x).size == 1:
        return 1.0
    a = _observations(x)
    b = _observations(y) if given(y) else a
    deviations = [v.std(axis=0, ddof=1).reshape(1, -1) for v in (a, b)]
    with np.errstate(all="ignore"):
        return unbox(matrix(cov(a, b)) / (deviations[0].T @ deviations[1]))


def corrcoef(x: Value, y: Value = None) -> Value:
    """The correlation coefficients of columns; of two arrays the 2x2 matrix of all their elements."""
    if not given(y):
        return corr(x)
    return corr(np.hstack([floats(v).reshape(-1, 1, order="F") for v in (x, y)]))


def toeplitz(column: Value, row: Value = None) -> Array:
    """Constant diagonals, from the first column and row; one vector alone is both."""
    c, r = matrix(column).ravel(), matrix(row if given(row) else column).ravel()
    if not given(row) and c.dtype.kind == "c":
        c = c.conj()
    places = np.arange(c.size)[:, None] - np.arange(r.size)[None, :]
    return np.asarray(np.where(places >= 0, c[np.maximum(places, 0)], r[np.maximum(-places, 0)]))


def hankel(column: Value, row: Value = None) -> Array:
    """Constant antidiagonals, from the first column and last row; zeros below without a row."""
    c = matrix(column).ravel()
    r = matrix(row).ravel() if given(row) else np.zeros(c.size)
    line = np.concatenate([c, r[1:]])
    return np.array(line[np.arange(c.size)[:, None] + np.arange(r.size)[None, :]])


def vander(x: Value, count: Value = None) -> Array:
    """Powers of a vector as columns, the highest first."""
    flat = matrix(x).ravel()
    return np.vander(flat, whole(count) if given(count) else flat.size)


def hilb(n: Value) -> Value:
    """The Hilbert matrix."""
    places = np.arange(1.0, whole(n) + 1)
    return unbox(1.0 / (places[:, None] + places[None, :] - 1))


def magic(n: Value) -> Value:
    """The magic square that MATLAB makes of that order."""
    size = whole(n)
    if size % 2 == 1:
        return unbox(_odd_magic(size))
    if size % 4 == 0:
        return _doubly_even_magic(size)
    return np.array([[4.0, 3.0], [1.0, 2.0]]) if size == 2 else _singly_even_magic(size)


def _odd_magic(n: int) -> Array:
    i, j = np.meshgrid(np.arange(1, n + 1), np.arange(1, n + 1), indexing="ij")
    a, b = (i + j - (n + 3) // 2) % n, (i + 2 * j - 2) % n
    return np.asarray(n * a + b + 1, dtype=float)


def _doubly_even_magic(n: int) -> Array:
    square = np.arange(1.0, n * n + 1).reshape(n, n)
    middle = np.isin(np.arange(n) % 4, (1, 2))
    swapped = middle[:, None] == middle[None, :]
    return np.where(swapped, n * n + 1 - square, square)


def _singly_even_magic(n: int) -> Array:
    half, k = n // 2, (n - 2) // 4
    block = _odd_magic(half)
    square = np.block([[block, block + 2 * half**2], [block + 3 * half**2, block + half**2]])
    columns = [*range(k), *range(n - k + 1, n)]
    for i in range(half):
        chosen = [j + (i == half // 2) if j < k else j for j in columns]
        square[[i, i + half]] = _swapped(square[i], square[i + half], chosen)
    return square


def _swapped(top: Array, bottom: Array, columns: list[int]) -> Array:
    pair = np.array([top, bottom])
    pair[:, columns] = pair[::-1, columns]
    return np.asarray(pair)
