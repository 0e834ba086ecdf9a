"""conv2 'same' with an even kernel is centred elsewhere.

With an even kernel the middle lies between two elements. MATLAB takes the later one,
`scipy.signal.convolve2d` the earlier: the result is shifted by one row, one column or both.
"""

from collections.abc import Iterator
from itertools import product

import numpy as np

from port.reference.causes.arrays import Array, may_fit
from port.reference.causes.rule import Manual, Pair, Step
from port.reference.causes.shared import convolution, crop, kernels, may_be_convolved

MANUAL = Manual(
    code="M14",
    setup="from scipy import signal; A = np.arange(20.0).reshape(4, 5) ** 2; ke = np.array([[1.0, 2], [-3, 4]])",
    matlab="ref = conv2(A,ke,'same');",
    wrong="got = signal.convolve2d(A, ke, mode='same')",
    right="got = np.rot90(signal.convolve2d(np.rot90(A, 2), np.rot90(ke, 2), mode='same'), 2)",
    remedy="Crop the full convolution as MATLAB does, or turn image and kernel by 180 degrees before and after.",
    see="http://stackoverflow.com/questions/3731093/is-there-a-python-equivalent-of-matlabs-conv2-function",
)


def undo(pair: Pair) -> Iterator[Step]:
    """Two crops of one full convolution, one row or column apart."""
    want, got = pair.want, pair.got
    if want.ndim != 2 or min(want.shape) < 3:
        return
    for a, image, b, kernel in kernels(pair):
        even = kernel.shape[0] % 2 == 0 or kernel.shape[1] % 2 == 0
        if even and may_be_convolved(pair, image, kernel, "same"):
            full = convolution(image, kernel)
            if pair.same(crop(full, image, kernel, "same"), want):
                evidence = f"conv2({a}, {b}) is centred one place earlier in got"
                yield pair.step(evidence, want=crop(full, image, kernel, "early"), weight=0.95)
                return
    for rows, columns in product((1, 0, -1), repeat=2) if pair.same_shape else ():
        parts = _overlap(want, rows, columns), _overlap(got, -rows, -columns)
        if (rows or columns) and may_fit(*parts, pair.facts.coarse):
            evidence = f"got is want shifted by {rows} rows and {columns} columns"
            weight = (0.8 if rows and columns else 0.4) * (1.0 if min(rows, columns) >= 0 else 0.3)
            yield pair.step(evidence, want=parts[0], got=parts[1], weight=weight, final=True)


def _overlap(array: Array, rows: int, columns: int) -> Array:
    """What remains of an array whose contents move down and right by so many places."""
    kept = [
        slice(max(-step, 0), n - max(step, 0)) for step, n in zip((rows, columns), array.shape, strict=True)
    ]
    return np.asarray(array[tuple(kept)])
