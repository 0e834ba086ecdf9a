"""MATLAB goes complex where NumPy gives NaN.

`sqrt`, `log` and fractional powers of negative numbers are complex in MATLAB. NumPy returns NaN and a
warning, unless the input is complex or `np.emath` is used.
"""

from collections.abc import Iterator

import numpy as np

from port.reference.causes.rule import Manual, Pair, Step

MANUAL = Manual(
    code="F10",
    setup="nn = np.array([[-4.0, 9, 2, -1]])",
    matlab="ref = sqrt(nn);",
    wrong="with np.errstate(invalid='ignore'):\n    got = np.sqrt(nn)",
    right="got = np.emath.sqrt(nn)",
    remedy="Use np.emath.sqrt, np.emath.log or np.emath.power; or find out why the number is negative.",
    see="https://numpy.org/doc/stable/reference/generated/numpy.emath.power.html",
)


def undo(pair: Pair) -> Iterator[Step]:
    """got is NaN exactly where want has an imaginary part."""
    want, got = pair.want, pair.got
    if np.iscomplexobj(want) and pair.same_shape and not (np.iscomplexobj(got) and got.imag.any()):
        lost = np.isnan(got)
        if lost.any() and np.array_equal(lost, (want.imag != 0) & np.isfinite(want)):
            evidence = f"got is NaN in the {int(lost.sum())} places where want is complex"
            if lost.all():
                yield pair.explained(evidence, weight=0.95)
            else:
                yield pair.step(evidence, want=want.real[~lost], got=got.real[~lost], weight=0.95, final=True)
