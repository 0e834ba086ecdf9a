"""The end of a range is excluded: 0:9 became arange(0, 9).

MATLAB ranges include their end; `np.arange` excludes it, and with a step such as 0.1 rounding decides. The
last element is missing. Use `np.arange(0, 10)`, or `np.linspace` for steps that are not whole.
"""

from collections.abc import Iterator

from port.reference.causes.arrays import along
from port.reference.causes.rule import Manual, Pair, Step
from port.reference.causes.shared import shortened_axes

MANUAL = Manual(
    code="I02",
    setup="",
    matlab="ref = 0:9;",
    wrong="got = np.arange(0, 9.0).reshape(1, -1)",
    right="got = np.arange(0, 10.0).reshape(1, -1)",
    remedy="Let the range end one step later, or use np.linspace.",
    see="https://github.com/numpy/numpy/blob/main/doc/source/user/numpy-for-matlab-users.rst",
)


def undo(pair: Pair) -> Iterator[Step]:
    """got is want without its last slice along one axis."""
    for axis in shortened_axes(pair):
        yield pair.step("got is want without its last element", want=along(pair.want, axis, None, -1))
