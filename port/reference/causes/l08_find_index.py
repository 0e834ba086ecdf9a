"""find() gives a column-major linear index.

`find` and every linear index count down the columns, from 1; `np.flatnonzero` counts along the rows, from
0. Adding 1 is not enough: unravel with one order and ravel with the other, or flatten with order='F' first.
"""

from collections.abc import Iterator

import numpy as np

from port.reference.causes.arrays import Array, is_vector, is_whole
from port.reference.causes.rule import Manual, Pair, Step

MANUAL = Manual(
    code="L08",
    exact=True,
    setup="A = np.array([[1.0, -2, 3, 4], [-4, 5, 6, -1], [7, 8, -9, 2]])",
    matlab="ref = find(A>0);",
    wrong="got = (np.flatnonzero(A > 0) + 1).reshape(-1, 1)",
    right="got = (np.flatnonzero((A > 0).ravel(order='F')) + 1).reshape(-1, 1)",
    remedy="Take np.flatnonzero of the array raveled with order='F', and add 1.",
    see="https://github.com/numpy/numpy/blob/main/doc/source/user/numpy-for-matlab-users.rst",
)
MOST_ROWS = 512


def undo(pair: Pair) -> Iterator[Step]:
    """The same cells of a matrix, counted down its columns in want and along its rows in got."""
    want, got = pair.want, pair.got
    if not (is_vector(want) and is_whole(want) and want.min() >= 1 and (np.diff(want.ravel()) > 0).all()):
        return
    known = [a.shape for a in pair.facts.matrices.values() if a.size >= want.max() and min(a.shape) > 1]
    for rows, columns in dict.fromkeys([*known, *_shapes(want, got)]):
        counted = np.sort(((want - 1) % rows) * columns + (want - 1) // rows + 1, axis=None)
        evidence = f"both name the same cells of a {rows} x {columns} matrix, got by rows, want by columns"
        weight = 0.95 if (rows, columns) in known else 0.2 if known else 0.8
        yield pair.step(evidence, want=counted.reshape(want.shape), weight=weight)


def _shapes(want: Array, got: Array) -> Iterator[tuple[int, int]]:
    """The shapes for which both index vectors can name the same cells."""
    if want.shape == got.shape and is_whole(got) and (np.diff(got.ravel()) > 0).all():
        for rows in range(2, min(int(want.max()), MOST_ROWS) + 1):
            columns = _columns(want - 1, got - 1, rows)
            if columns:
                yield rows, columns


def _columns(want: Array, got: Array, rows: int) -> int:
    """The number of columns for which both index vectors have one sum; 0 when none fits."""
    row, column = want % rows, want // rows
    columns = (got.sum() - column.sum()) / row.sum() if row.any() else 0.0
    return int(columns) if columns == int(columns) and columns > column.max() else 0
