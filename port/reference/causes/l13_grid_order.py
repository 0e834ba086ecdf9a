"""meshgrid ported to np.mgrid: the axes change places.

MATLAB's `meshgrid(x, y)` lets x run along the columns, as `np.meshgrid` does. `np.mgrid[x, y]` and
`indexing='ij'` let x run down the rows: the transposed grid.
"""

from collections.abc import Iterator

from port.reference.causes.arrays import is_grid
from port.reference.causes.rule import Manual, Pair, Step

MANUAL = Manual(
    code="L13",
    setup="",
    matlab="[ref,~] = meshgrid(0:3,0:2);",
    wrong="got = np.mgrid[0:4, 0:3][0]",
    right="got = np.meshgrid(np.arange(4), np.arange(3))[0]",
    remedy="Use np.meshgrid with its default indexing='xy'.",
    see="https://github.com/numpy/numpy/blob/main/doc/source/user/numpy-for-matlab-users.rst",
)


def undo(pair: Pair) -> Iterator[Step]:
    """got is want transposed, and want repeats one row or one column."""
    if is_grid(pair.want):
        yield pair.step("want repeats one line, as meshgrid does; got has it transposed", want=pair.want.T)
