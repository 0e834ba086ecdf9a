"""^ on a matrix ported as an elementwise power.

`S^2` is `S*S`, a matrix product; `S**2` squares every element. MATLAB's elementwise power is `.^`.
"""

from collections.abc import Iterator

import numpy as np

from port.reference.causes.rule import Manual, Pair, Step

MANUAL = Manual(
    code="M02",
    stage="recompute",
    setup="S = np.arange(9.0).reshape(3, 3)",
    matlab="ref = S^2;",
    wrong="got = S**2",
    right="got = S @ S",
    remedy="Write S @ S, or np.linalg.matrix_power(S, k).",
    see="https://github.com/numpy/numpy/blob/main/doc/source/user/numpy-for-matlab-users.rst",
)


def undo(pair: Pair) -> Iterator[Step]:
    """want is a matrix power of an input, got its elementwise power."""
    for name, s in pair.facts.shaped(pair.want.shape).items():
        if s.ndim == 2 and s.shape[0] == s.shape[1] and len(s) > 1:
            for power in (2, 3):
                row = s[:1] if power == 2 else s[:1] @ s
                if pair.same(row @ s, pair.want[:1]) and pair.same(
                    np.linalg.matrix_power(s, power), pair.want
                ):
                    evidence = f"want is the matrix power {name}^{power}, got the elementwise one"
                    yield pair.step(evidence, want=s**power, weight=0.95)
