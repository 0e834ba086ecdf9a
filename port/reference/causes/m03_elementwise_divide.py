"""A/B (mrdivide) ported as an elementwise division.

`A/B` solves x*B = A; NumPy's `A/B` divides element by element, which in MATLAB is `./`.
"""

from collections.abc import Iterator
from itertools import permutations

from port.reference.causes.arrays import residual
from port.reference.causes.rule import Manual, Pair, Step

MANUAL = Manual(
    code="M03",
    stage="recompute",
    setup="S = np.arange(9.0).reshape(3, 3) + 1; S2 = np.array([[4.0, 1, 2], [1, 5, 3], [2, 1, 6]])",
    matlab="ref = S/S2;",
    wrong="got = S/S2",
    right="got = np.linalg.solve(S2.T, S.T).T",
    remedy="Solve: np.linalg.solve(B.T, A.T).T.",
    see="https://github.com/numpy/numpy/blob/main/doc/source/user/numpy-for-matlab-users.rst",
)
CONDITIONED = 1e-6  # a solve loses the digits of its condition number


def undo(pair: Pair) -> Iterator[Step]:
    """want solves x v = u, got is u / v."""
    want = pair.want
    for (a, u), (b, v) in permutations(pair.facts.shaped(want.shape).items(), 2):
        if u.ndim == 2 and u.shape[0] == u.shape[1]:
            near = max(CONDITIONED, pair.facts.loose)
            if residual(want[:1] @ v, u[:1]) <= near and residual(want @ v, u) <= near:
                evidence = f"want solves x {b} = {a}, got is {a} / {b} element by element"
                yield pair.step(evidence, want=u / v, weight=0.95)
