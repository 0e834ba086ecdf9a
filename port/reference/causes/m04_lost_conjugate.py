"""' ported as .T: the complex conjugate is lost.

`'` is the conjugate transpose in MATLAB, `.'` the plain one. On complex data `.T` leaves the imaginary
parts with the wrong sign.
"""

from collections.abc import Iterator

import numpy as np

from port.reference.causes.rule import Manual, Pair, Step

MANUAL = Manual(
    code="M04",
    setup="Zc = np.array([[1 + 2j, 3 - 1j], [0.5j, 2 + 2j], [1, -4j]])",
    matlab="ref = Zc';",
    wrong="got = Zc.T",
    right="got = Zc.conj().T",
    remedy="Write .conj().T for '.",
    see="https://github.com/numpy/numpy/blob/main/doc/source/user/numpy-for-matlab-users.rst",
)


def undo(pair: Pair) -> Iterator[Step]:
    """got is the conjugate of want."""
    want = pair.want
    if np.iscomplexobj(want) and want.imag.any():
        yield pair.step("the imaginary parts have the other sign", want=want.conj())
