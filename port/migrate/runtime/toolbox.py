"""Functions of MATLAB's toolboxes that courses use and that Octave's core lacks; formulas from their documentation.

Networks are laid out as the toolbox has them: one column a sample.
"""

from typing import Any

import numpy as np

from port.migrate.runtime.reductions import floats, max_, min_, sum_
from port.migrate.runtime.values import Array, Value, as_class, class_, given, matrix, number, unbox, whole


def logsig(n: Value) -> Value:
    """1 / (1 + exp(-n))."""
    with np.errstate(over="ignore"):
        return unbox(1.0 / (1.0 + np.exp(-floats(n))))


def tansig(n: Value) -> Value:
    """2 / (1 + exp(-2n)) - 1, which is tanh."""
    return unbox(np.tanh(floats(n)))


def purelin(n: Value) -> Value:
    """n itself."""
    return unbox(floats(n).copy())


def poslin(n: Value) -> Value:
    """max(n, 0)."""
    return unbox(np.maximum(floats(n), 0.0))


def satlin(n: Value) -> Value:
    """n within 0 and 1."""
    return unbox(np.clip(floats(n), 0.0, 1.0))


def satlins(n: Value) -> Value:
    """n within -1 and 1."""
    return unbox(np.clip(floats(n), -1.0, 1.0))


def hardlim(n: Value) -> Value:
    """1 where n >= 0, else 0."""
    return unbox((matrix(n) >= 0).astype(float))


def hardlims(n: Value) -> Value:
    """1 where n >= 0, else -1."""
    return unbox(np.where(matrix(n) >= 0, 1.0, -1.0))


def radbas(n: Value) -> Value:
    """exp(-n^2)."""
    return unbox(np.exp(-(floats(n) ** 2)))


def softmax(n: Value) -> Value:
    """Exponentials of each column over their sum; the largest is subtracted first."""
    powers = np.exp(floats(n) - matrix(n).max(axis=0, keepdims=True))
    return unbox(powers / powers.sum(axis=0, keepdims=True))


def compet(n: Value) -> Value:
    """1 at the first largest of each column, else 0."""
    array = matrix(n)
    winners = np.zeros(array.shape)
    winners[array.argmax(axis=0), np.arange(array.shape[1])] = 1.0
    return unbox(winners)


def mse(errors: Value, outputs: Value = None) -> Value:
    """The mean square of all errors, or of the differences of targets and outputs."""
    differences = floats(errors) - matrix(outputs) if given(outputs) else floats(errors)
    return np.float64(np.mean(differences**2))


def sse(errors: Value, outputs: Value = None) -> Value:
    """The sum of squares of all errors, or of the differences of targets and outputs."""
    differences = floats(errors) - matrix(outputs) if given(outputs) else floats(errors)
    return np.float64(np.sum(differences**2))


def ind2vec(indices: Value, count: Value = None) -> Value:
    """Columns with a 1 at each 1-based index."""
    places = matrix(indices).ravel(order="F").astype(int)
    vectors = np.zeros((whole(count) if given(count) else places.max(), places.size))
    vectors[places - 1, np.arange(places.size)] = 1.0
    return unbox(vectors)


def vec2ind(vectors: Value) -> Value:
    """The 1-based index of the first largest of each column, as a row."""
    return unbox(matrix(vectors).argmax(axis=0).reshape(1, -1) + 1.0)


def mapminmax(x: Value, low: Value = -1.0, high: Value = 1.0) -> Value:
    """Each row stretched to reach from `low` to `high`; a constant row stays."""
    array = floats(x)
    least, most = array.min(axis=1, keepdims=True), array.max(axis=1, keepdims=True)
    reach = np.where(most == least, 1.0, most - least)
    stretched = (number(high) - number(low)) * (array - least) / reach + number(low)
    return unbox(np.where(most == least, array, stretched))


def normpdf(x: Value, mu: Value = 0.0, sigma: Value = 1.0) -> Value:
    """The density of the normal distribution."""
    deviation = matrix(sigma)
    z = (floats(x) - matrix(mu)) / deviation
    return unbox(np.exp(-0.5 * z**2) / (np.sqrt(2 * np.pi) * deviation))


def normcdf(x: Value, mu: Value = 0.0, sigma: Value = 1.0) -> Value:
    """The cumulative normal distribution."""
    from scipy.special import ndtr

    return unbox(np.asarray(ndtr((floats(x) - matrix(mu)) / matrix(sigma))))


def norminv(p: Value, mu: Value = 0.0, sigma: Value = 1.0) -> Value:
    """The inverse of `normcdf`."""
    from scipy.special import ndtri

    return unbox(matrix(mu) + matrix(sigma) * np.asarray(ndtri(floats(p))))


def pdist2(x: Value, y: Value, metric: str = "euclidean") -> Value:
    """The distances of the rows of `x` from those of `y`: "euclidean", "squaredeuclidean" or "cityblock"."""
    differences = floats(x)[:, None, :] - floats(y)[None, :, :]
    if metric == "cityblock":
        return unbox(np.abs(differences).sum(axis=2))
    squares = (differences**2).sum(axis=2)
    return unbox(squares if metric == "squaredeuclidean" else np.sqrt(squares))


def nanmax(x: Value, y: Value = None, dim: Value = None, *, nargout: int = 1) -> Any:
    """As `max_`, which passes NaN over."""
    return max_(x, y, dim, nargout=nargout)


def nanmin(x: Value, y: Value = None, dim: Value = None, *, nargout: int = 1) -> Any:
    """As `min_`, which passes NaN over."""
    return min_(x, y, dim, nargout=nargout)


def nansum(x: Value, dim: Value = None) -> Value:
    """The sum with NaN as 0."""
    return sum_(np.nan_to_num(floats(x), nan=0.0, posinf=np.inf, neginf=-np.inf), dim)


def nanmean(x: Value, dim: Value = None) -> Value:
    """The mean of what is not NaN."""
    with np.errstate(all="ignore"):
        return unbox(matrix(nansum(x, dim)) / matrix(sum_(~np.isnan(floats(x)), dim)))


def im2double(image: Value) -> Value:
    """An image of an integer class over its largest number; others as double."""
    array = matrix(image)
    top = float(np.iinfo(array.dtype).max) if class_(array).startswith(("int", "uint")) else 1.0
    return unbox(as_class(array, "double") / top)


def mat2gray(image: Value) -> Value:
    """Stretched to reach from 0 to 1; a constant image becomes its value within 0 and 1."""
    array = floats(image)
    reach = array.max() - array.min()
    return unbox((array - array.min()) / reach if reach else np.clip(array, 0.0, 1.0))


def rgb2gray(image: Value) -> Value:
    """0.2989 red + 0.5870 green + 0.1140 blue, in the class of the image."""
    array = matrix(image)
    gray: Array = array.astype(float) @ np.array([0.2989, 0.5870, 0.1140])
    return unbox(as_class(gray, class_(array)))


def im2col(image: Value, block: Value, kind: str = "sliding") -> Value:
    """The blocks of an image as columns: all that fit ("sliding"), or those beside each other ("distinct", zeros
    beyond).
    """
    array, (m, n) = matrix(image), (int(k) for k in matrix(block).ravel())
    if kind == "distinct":
        array = np.pad(array, [(0, -array.shape[0] % m), (0, -array.shape[1] % n)])
    step = (m, n) if kind == "distinct" else (1, 1)
    corners = [
        (i, j)
        for j in range(0, array.shape[1] - n + 1, step[1])
        for i in range(0, array.shape[0] - m + 1, step[0])
    ]
    return unbox(np.array([array[i : i + m, j : j + n].ravel(order="F") for i, j in corners]).T)


def downsample(x: Value, step: Value) -> Value:
    """Every step-th element, or row of a matrix, from the first."""
    array = matrix(x)
    return unbox(array[:, :: whole(step)] if array.shape[0] == 1 else array[:: whole(step)])


def speye(*dims: Value) -> Value:
    """The identity; here all matrices are full."""
    flat = [int(d) for v in dims for d in matrix(v).ravel()]
    return unbox(np.eye(flat[0], flat[-1]))
