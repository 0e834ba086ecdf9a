"""Convolution ported as cross-correlation: the kernel is not flipped.

`conv2` turns the kernel by 180 degrees, `filter2` and the "convolutions" of deep-learning libraries do not.
"""

from collections.abc import Iterator

from port.reference.causes.rule import Manual, Pair, Step
from port.reference.causes.shared import convolution, crop, kernels, may_be_convolved

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
        for mode, wrong in (("valid", "valid"), ("same", "early"), ("full", "full")):
            if may_be_convolved(pair, image, kernel, mode):
                right = crop(convolution(image, kernel), image, kernel, mode)
                if pair.same(right, pair.want):
                    unflipped = convolution(image, kernel[::-1, ::-1].conj())
                    evidence = f"got correlates {a} with {b} instead of convolving"
                    yield pair.step(evidence, want=crop(unflipped, image, kernel, wrong), weight=0.95)
