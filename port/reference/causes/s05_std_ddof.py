"""std divides by n instead of n - 1.

MATLAB's `std` is the estimate with n - 1, `np.std` the one with n. Give ddof=1. The ratio is sqrt(n/(n-1)).
"""

from collections.abc import Iterator

from port.reference.causes.factors import degrees
from port.reference.causes.rule import Manual, Pair, Step

MANUAL = Manual(
    code="S05",
    stage="scale",
    setup="v = np.array([[3.0], [1], [4], [1], [5], [9], [2]])",
    matlab="ref = std(v);",
    wrong="got = np.array([[v.std()]])",
    right="got = np.array([[v.std(ddof=1)]])",
    remedy="Give ddof=1, or ddof=0 where MATLAB has std(x,1).",
    see="https://stackoverflow.com/questions/27600207/why-does-numpy-std-give-a-different-result-to-matlab-std",
)


def undo(pair: Pair) -> Iterator[Step]:
    """want/got is sqrt(n/(n-1))."""
    inverse = 1 / (pair.ratio or float("inf"))
    for count in degrees(pair, inverse * inverse):
        factor = ((count.n - 1) / count.n) ** 0.5
        yield pair.scaled(factor, f"want/got is sqrt(n/(n-1)), {count.said}", count.weight)
