"""Slice bounds copied: a(2:6) became a[2:6].

MATLAB counts from 1 and includes the end, Python counts from 0 and excludes it. `a(2:6)` is `a[1:6]`;
copied as it stands the slice loses its first element.
"""

from collections.abc import Iterator

from port.reference.causes.arrays import along
from port.reference.causes.rule import Manual, Pair, Step
from port.reference.causes.shared import shortened_axes

MANUAL = Manual(
    code="I01",
    setup="v = np.arange(8.0).reshape(-1, 1) ** 2",
    matlab="ref = v(2:6);",
    wrong="got = v[2:6]",
    right="got = v[1:6]",
    remedy="Subtract 1 from the start and keep the end.",
    see="https://github.com/numpy/numpy/blob/main/doc/source/user/numpy-for-matlab-users.rst",
)


def undo(pair: Pair) -> Iterator[Step]:
    """got is want without its first slice along one axis."""
    for axis in shortened_axes(pair):
        yield pair.step("got is want without its first element", want=along(pair.want, axis, 1, None))
