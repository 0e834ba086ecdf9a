"""var or cov divides by n instead of n - 1.

MATLAB's `var` and `cov` divide by n - 1, `np.var` by n. Give ddof=1. The ratio is n/(n-1).
"""

from collections.abc import Iterator

from port.reference.causes.factors import degrees
from port.reference.causes.rule import Manual, Pair, Step

MANUAL = Manual(
    code="S06",
    stage="scale",
    setup="v = np.array([[3.0], [1], [4], [1], [5], [9], [2]])",
    matlab="ref = var(v);",
    wrong="got = np.array([[v.var()]])",
    right="got = np.array([[v.var(ddof=1)]])",
    remedy="Give ddof=1, or ddof=0 where MATLAB has var(x,1).",
    see="https://stackoverflow.com/questions/27600207/why-does-numpy-std-give-a-different-result-to-matlab-std",
)


def undo(pair: Pair) -> Iterator[Step]:
    """want/got is n/(n-1); the other way round is rarer."""
    for count in degrees(pair, 1 / (pair.ratio or float("inf"))):
        factor = (count.n - 1) / count.n
        yield pair.scaled(factor, f"want/got is n/(n-1), {count.said}", count.weight)
    for count in degrees(pair, pair.ratio or 0.0):
        factor = count.n / (count.n - 1)
        yield pair.scaled(factor, f"got/want is n/(n-1), {count.said}", 0.3 * count.weight)
