"""Convolution ported as cross-correlation: the kernel is not flipped.

`conv2` turns the kernel by 180 degrees, `filter2` and the "convolutions" of deep-learning libraries do not.
"""

from collections.abc import Iterator

from port.reference.causes.rule import Manual, Pair, Step
from port.reference.causes.shared import kernels

MANUAL = Manual(
    code="M15",
    stage="recompute",
    setup="from scipy import signal; A = np.arange(20.0).reshape(4, 5) ** 2; k3 = np.arange(9.0).reshape(3, 3) ** 2",
    matlab="ref = conv2(A,k3,'valid');",
    wrong="got = signal.correlate2d(A, k3, mode='valid')",
    right="got = signal.convolve2d(A, k3, mode='valid')",
    remedy="Use convolve2d, or turn the kernel by 180 degrees.",
)


def undo(pair: Pair) -> Iterator[Step]:
    """want is the convolution of two inputs, got their correlation."""
    if pair.want.ndim != 2:
        return
    for a, image, b, kernel in kernels(pair):
        from scipy.signal import convolve2d, correlate2d

        for mode in ("valid", "same", "full"):
            if _size(image.shape, kernel.shape, mode) == pair.want.shape:
                if pair.same(convolve2d(image, kernel, mode=mode), pair.want):
                    turned = correlate2d(image, kernel, mode=mode)
                    yield pair.step(
                        f"got correlates {a} with {b} instead of convolving", want=turned, weight=0.95
                    )


def _size(image: tuple[int, ...], kernel: tuple[int, ...], mode: str) -> tuple[int, ...]:
    grown = {"valid": -1, "same": 0, "full": 1}[mode]
    return tuple(n + grown * (k - 1) for n, k in zip(image, kernel, strict=True))
