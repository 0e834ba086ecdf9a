"""imresize antialiases, cv2.resize does not.

Shrinking, MATLAB's `imresize` widens its bicubic kernel (a = -0.5) by the factor of reduction, so that
every pixel counts. OpenCV samples with a = -0.75 and leaves pixels out. The difference is smooth and
largest at edges; enlarging, it almost vanishes.
"""

from collections.abc import Iterator

import numpy as np

from port.reference.causes.arrays import Array, residual
from port.reference.causes.rule import Manual, Pair, Step

SHRUNK = """\
def weights(n, m, a, wide):
    at = (np.arange(m) + 0.5)*n/m - 0.5
    x = np.abs(at[:, None] - np.arange(-n, 2*n))/(n/m if wide else 1)
    near = (a + 2)*x**3 - (a + 3)*x**2 + 1
    w = np.where(x <= 1, near, np.where(x < 2, a*(x**3 - 5*x**2 + 8*x - 4), 0))
    w = w/w.sum(1, keepdims=True)
    return w[:, :n][:, ::-1] + w[:, n:2*n] + w[:, 2*n:][:, ::-1]

I = np.add.outer(np.arange(8.0)**2, 3*np.arange(8.0)) % 17"""

MANUAL = Manual(
    code="G01",
    stage="recompute",
    setup=SHRUNK,
    matlab="ref = imresize(I,0.5);",
    wrong="w = weights(8, 4, -0.75, False); got = w @ I @ w.T  # as cv2.resize(..., interpolation=cv2.INTER_CUBIC)",
    right="w = weights(8, 4, -0.5, True); got = w @ I @ w.T",
    remedy="Use an imresize that antialiases as MATLAB's does, or resize before both programs read the image.",
    see="https://github.com/XPixelGroup/BasicSR/issues/15",
)
DIGITS, GUESS = 1e-6, 0.14
REDUCTIONS = (2, 3, 4, 5, 6, 8, 10, 1.25, 4 / 3, 1.5, 2.5)


def undo(pair: Pair) -> Iterator[Step]:
    """want is an input shrunk by the antialiased bicubic kernel; got is sampled by the narrow one, or otherwise."""
    want = pair.want
    if want.ndim != 2 or np.iscomplexobj(want):
        return
    for name, image in pair.facts.matrices.items():
        if not all(n > m > 1 for n, m in zip(image.shape, want.shape, strict=True)):
            continue
        evidence = f"want is {name} shrunk with antialiasing, got was sampled otherwise"
        for by in _reductions(pair, image):
            if _is_shrunk(want, image, by):
                for mirrored in (True, False):
                    yield pair.step(
                        evidence, want=_shrunk(image, want.shape, by, -0.75, 1.0, mirrored), weight=0.95
                    )
                if pair.residual < 0.5:
                    yield pair.explained(evidence, weight=GUESS)
                break


def _reductions(pair: Pair, image: Array) -> Iterator[tuple[float, float]]:
    """By what rows and columns may be reduced: to the size that was asked for, or by a factor, rounded up."""
    rows, columns = (n / m for n, m in zip(image.shape, pair.want.shape, strict=True))
    yield rows, columns
    given = [1 / scale for scale in pair.facts.scalars.values() if 0 < scale < 1]
    for by in dict.fromkeys([*given, *REDUCTIONS]):
        sizes = tuple(int(np.ceil(n / by - DIGITS)) for n in image.shape)
        if sizes == pair.want.shape and not (by == rows == columns):
            yield by, by


def _is_shrunk(want: Array, image: Array, by: tuple[float, float]) -> bool:
    """Whether want is the image, shrunk by MATLAB; its first row is asked first."""
    first = _weights(image.shape[0], 1, by[0], -0.5, by[0]) @ image
    columns = _weights(image.shape[1], want.shape[1], by[1], -0.5, by[1])
    near = residual(first @ columns.T, want[:1]) <= 100 * DIGITS
    return near and residual(_shrunk(image, want.shape, by, -0.5, None), want) <= DIGITS


def _shrunk(
    image: Array,
    shape: tuple[int, ...],
    by: tuple[float, float],
    a: float,
    wide: float | None,
    mirrored: bool = True,
) -> Array:
    """The image reduced to a shape by a bicubic kernel; `wide` None widens it by the reduction."""
    rows, columns = (
        _weights(n, m, ratio, a, wide or ratio, mirrored)
        for n, m, ratio in zip(image.shape, shape, by, strict=True)
    )
    shrunk: Array = rows @ image @ columns.T
    return shrunk


def _weights(n: int, m: int, by: float, a: float, wide: float, mirrored: bool = True) -> Array:
    """(m, n) weights of the bicubic kernel of a width, with the image mirrored or continued at its edges."""
    places = (np.arange(m) + 0.5) * by - 0.5
    x = np.abs(places[:, None] - np.arange(-n, 2 * n)) / wide
    inner = (a + 2) * x**3 - (a + 3) * x**2 + 1
    outer = a * (x**3 - 5 * x**2 + 8 * x - 4)
    weights = np.where(x <= 1, inner, np.where(x < 2, outer, 0.0))
    weights /= weights.sum(axis=1, keepdims=True)
    left, folded, right = weights[:, :n], weights[:, n : 2 * n].copy(), weights[:, 2 * n :]
    if mirrored:
        return np.asarray(folded + left[:, ::-1] + right[:, ::-1])
    folded[:, 0] += left.sum(axis=1)
    folded[:, -1] += right.sum(axis=1)
    return folded
