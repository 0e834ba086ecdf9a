"""z-scored features with the wrong ddof.

Dividing by `X.std(axis)` instead of by MATLAB's `std(X, 0, dim)` scales the whole feature matrix by
sqrt(n/(n-1)): small, the same everywhere, and carried into every result that follows.
"""

from collections.abc import Iterator

from port.reference.causes.factors import degrees
from port.reference.causes.rule import Manual, Pair, Step

MANUAL = Manual(
    code="S07",
    stage="scale",
    setup="X = np.array([[3.0, -1, 4, 1, 5], [-5, 9, -2, 6, 5]])",
    matlab="ref = (X-mean(X,2))./std(X,0,2);",
    wrong="got = (X - X.mean(1, keepdims=True))/X.std(1, keepdims=True)",
    right="got = (X - X.mean(1, keepdims=True))/X.std(1, keepdims=True, ddof=1)",
    remedy="Give ddof=1 to the std that scales the features.",
    see="https://stackoverflow.com/questions/27600207/why-does-numpy-std-give-a-different-result-to-matlab-std",
)


def undo(pair: Pair) -> Iterator[Step]:
    """got/want is sqrt(n/(n-1))."""
    ratio = pair.ratio or 0.0
    for count in degrees(pair, ratio * ratio):
        factor = (count.n / (count.n - 1)) ** 0.5
        yield pair.scaled(factor, f"got/want is sqrt(n/(n-1)), {count.said}", count.weight)
