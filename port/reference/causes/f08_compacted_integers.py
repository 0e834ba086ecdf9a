"""loadmat gives uint8 for whole-valued MATLAB doubles: 1 - y wraps.

MATLAB stores a double array of small whole numbers compactly, and `scipy.io.loadmat` keeps the small type.
Arithmetic then wraps: `1 - y` is 255 for y = 2.
"""

from collections.abc import Iterator

import numpy as np

from port.reference.causes.arrays import Array, few_of, fit, is_whole
from port.reference.causes.rule import Manual, Pair, Step

MANUAL = Manual(
    code="F08",
    exact=True,
    setup="y = np.array([[1.0, 2, 3, 0, 5]])",
    matlab="ref = 1-double(y);",
    wrong="yu = y.astype(np.uint8); got = (1 - yu)",
    right="got = 1.0 - y",
    remedy="Convert after loading: astype(float); port.reference.load_case keeps MATLAB's class.",
    see="https://github.com/scipy/scipy/issues/4422",
)
ALMOST = 1e-2


def undo(pair: Pair) -> Iterator[Step]:
    """got is want modulo 256, 65536 or 2^32, and want leaves that range."""
    want, got = pair.want, pair.got
    if is_whole(want) and pair.facts.want_dtype.kind == "f" and got.min() >= 0:
        low, high = want.min(), want.max()
        for bits in (8, 16, 32):
            if (low < 0 or high >= 2.0**bits) and not (pair.last and _is_other(want, got, 2.0**bits)):
                wrapped = np.mod(want, 2.0**bits)
                yield pair.step(f"got is want modulo 2^{bits}", want=wrapped, weight=0.95)


def _is_other(want: Array, got: Array, modulus: float) -> bool:
    """Whether a few elements show that got, of the same shape, is no multiple of want modulo a power of 2."""
    some, others = np.mod(few_of(want), modulus), few_of(got)
    return want.shape == got.shape and bool(some.any()) and fit(some, others, ALMOST) is None
