"""Statistics of columns beyond mean and variance, as Octave's core has them."""

from typing import Any

import numpy as np

from port.migrate.runtime.reductions import axis_of, floats, max_, mean, median, min_, std, var
from port.migrate.runtime.values import Array, MatlabError, Value, given, matrix, unbox, whole


def center(x: Value, dim: Value = None) -> Value:
    """Less the mean of each column."""
    return unbox(floats(x) - mean(x, axis_of(matrix(x), dim) + 1))


def zscore(x: Value, weights: Value = None, dim: Value = None, *, nargout: int = 1) -> Any:
    """Less the mean, over the standard deviation (n - 1) of each column; where that is 0, over 1."""
    along = axis_of(matrix(x), dim) + 1
    mu, sigma = matrix(mean(x, along)), matrix(std(x, weights, along))
    scores = unbox((floats(x) - mu) / np.where(sigma == 0, 1.0, sigma))
    return (scores, unbox(mu), unbox(sigma))[:nargout] if nargout > 1 else scores


def meansq(x: Value, dim: Value = None) -> Value:
    """The mean of squares of each column."""
    return mean(np.abs(matrix(x)) ** 2, dim)


def rms(x: Value, dim: Value = None) -> Value:
    """The square root of the mean square of each column."""
    return unbox(np.sqrt(matrix(meansq(x, dim))))


def mad(x: Value, kind: Value = None, dim: Value = None) -> Value:
    """The mean absolute deviation from the mean of each column, or with 1 the median one from the median."""
    along = axis_of(matrix(x), dim) + 1
    middle = median if given(kind) and whole(kind) else mean
    return middle(np.abs(floats(x) - matrix(middle(x, along))), along)


def bounds(x: Value, dim: Value = None, *, nargout: int = 2) -> tuple[Value, Value]:
    """The smallest and the largest of each column."""
    return min_(x, None, dim), max_(x, None, dim)


def skewness(x: Value) -> Value:
    """The third central moment of each column over the cube of its standard deviation (over n)."""
    return _standardised_moment(x, 3)


def kurtosis(x: Value) -> Value:
    """The fourth central moment of each column over the square of its variance (over n)."""
    return _standardised_moment(x, 4)


def _standardised_moment(x: Value, order: int) -> Value:
    deviations = matrix(center(x))
    with np.errstate(all="ignore"):
        return unbox(matrix(mean(deviations**order)) / matrix(var(x, 1)) ** (order / 2))


def quantile(x: Value, shares: Value = None, dim: Value = None, method: Value = 5) -> Value:
    """Quantiles of each column, midpoints of steps joined by lines (Hazen; `np.quantile` by default: other points).

    Of a vector along itself: in the shape of `shares`. Of a row without `dim`: of its columns, as Octave has it.
    """
    wanted = matrix(shares) if given(shares) else np.array([[0.0, 0.25, 0.5, 0.75, 1.0]])
    if whole(method) not in _METHODS:
        raise MatlabError(f"quantile: Unknown METHOD, '{method}'")
    array, axis = floats(x), whole(dim) - 1 if given(dim) else 0
    found: Array = np.quantile(array, wanted.ravel(), axis=axis, method=_METHODS[whole(method)])
    if array.size == array.shape[axis]:
        return unbox(found.reshape(wanted.shape))
    return unbox(np.moveaxis(found, 0, axis))


_METHODS: dict[int, Any] = {
    1: "inverted_cdf",
    2: "averaged_inverted_cdf",
    4: "interpolated_inverted_cdf",
    5: "hazen",
    6: "weibull",
    7: "linear",
    8: "median_unbiased",
    9: "normal_unbiased",
}


def prctile(x: Value, percentages: Value = None, dim: Value = None) -> Value:
    """Percentiles of each column (of a vector: of all), by the rule of `quantile`."""
    wanted = matrix(percentages) / 100 if given(percentages) else None
    return quantile(x, wanted, axis_of(matrix(x), dim) + 1)


def iqr(x: Value) -> Value:
    """The distance between the first and the third quartile."""
    low, high = (matrix(prctile(x, p)) for p in (25.0, 75.0))
    return unbox(high - low)
