"""A scalar is 1 x 1 in MATLAB and has no dimensions in NumPy.

`loadmat` gives MATLAB scalars as (1, 1) arrays; NumPy reductions give 0-d values. The number is right, but
`len`, indexing and stacking behave differently.
"""

from collections.abc import Iterator

from port.reference.causes.rule import Manual, Pair, Step

MANUAL = Manual(
    code="L11",
    setup="lam = 0.25",
    matlab="ref = lambda;",
    wrong="got = np.float64(lam)",
    right="got = np.array([[lam]])",
    remedy="Use np.atleast_2d where the reference is 1 x 1, or compare .item().",
    see="https://github.com/numpy/numpy/blob/main/doc/source/user/numpy-for-matlab-users.rst",
)


def undo(pair: Pair) -> Iterator[Step]:
    """One element on both sides, another number of dimensions."""
    want, got = pair.want, pair.got
    if want.size == got.size == 1 and want.ndim != got.ndim:
        evidence = f"one number with {got.ndim} dimensions instead of {want.ndim}"
        yield pair.step(evidence, got=got.reshape(want.shape))
