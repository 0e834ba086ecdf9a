"""The port runs in float32.

MATLAB computes in double unless told otherwise; PyTorch, JAX and many loaders default to float32. The
result has seven digits: its values are exactly representable in single precision, those of the reference
are not.
"""

from collections.abc import Iterator

from port.reference.causes.facts import is_single_valued
from port.reference.causes.rule import Manual, Pair, Step

MANUAL = Manual(
    code="F01",
    stage="precision",
    setup="D = np.array([[1.1, -2.3, 3.7], [0.5, 4.1, 1.9]]); X = np.array([[2.1, 1.3, -1.7], [3.3, 0.1, 1.9]])",
    matlab="ref = D*X';",
    wrong="got = (D.astype(np.float32) @ X.T.astype(np.float32)).astype(float)",
    right="got = D @ X.T",
    remedy="Compute in float64: torch.set_default_dtype(torch.float64), jax_enable_x64, astype(float).",
    see="https://github.com/mne-tools/mne-python/blob/main/mne/io/edf/tests/test_edf.py",
)
LEAST_RESIDUAL = 1e-10


def undo(pair: Pair) -> Iterator[Step]:
    """got, perhaps before a constant factor, is representable in single precision; want is not."""
    single = is_single_valued(pair.facts.got) or is_single_valued(pair.got / pair.factor)
    if (pair.settled or pair.residual > LEAST_RESIDUAL) and single and not is_single_valued(pair.facts.want):
        evidence = "got has single precision" + (
            "" if pair.settled else f", the relative error is {pair.residual:.1g}"
        )
        yield pair.explained(evidence, weight=0.95)
