"""max and min ignore NaN in MATLAB; NumPy passes it on.

`max([1 NaN 3])` is 3 in MATLAB. `np.max` returns NaN; `np.nanmax` does what MATLAB does.
"""

from collections.abc import Iterator

import numpy as np

from port.reference.causes.rule import Manual, Pair, Step
from port.reference.causes.shared import column_like, unless_nan

MANUAL = Manual(
    code="F11",
    setup="vn = np.array([[3.0], [np.nan], [5.0]])",
    matlab="ref = max(vn);",
    wrong="got = np.array([[vn.max()]])",
    right="got = np.array([[np.nanmax(vn)]])",
    remedy="Use np.nanmax and np.nanmin.",
    see="https://github.com/numpy/numpy/blob/main/doc/source/user/numpy-for-matlab-users.rst",
)


def undo(pair: Pair) -> Iterator[Step]:
    """got is NaN where want is the extremum of an input's other values."""
    if not np.isnan(pair.got).any() or not np.isfinite(pair.want).all():
        return
    holed = {name: a for name, a in pair.facts.arrays.items() if np.isnan(a).any() and not np.isnan(a).all()}
    for name, a in holed.items():
        for axis in (None, *range(a.ndim)):
            low, high = np.fmin.reduce(a, axis=axis), np.fmax.reduce(a, axis=axis)
            if any(pair.same(column_like(np.asarray(end), pair.want), pair.want) for end in (low, high)):
                yield from unless_nan(pair, f"{name} holds NaN; want is its extremum without it", 0.95)
                return
    if holed or not pair.facts.arrays:
        yield from unless_nan(pair, "got is NaN where want is a number", 0.4 if holed else 0.1)
