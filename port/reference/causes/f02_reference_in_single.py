"""The reference was saved in MATLAB single.

`single(...)` somewhere on MATLAB's way to the file leaves seven digits. The port is the more exact one:
rounded to single precision it is the reference.
"""

from collections.abc import Iterator

from port.reference.causes.facts import is_single_valued
from port.reference.causes.rule import ENLARGED, Manual, Pair, Step

MANUAL = Manual(
    code="F02",
    stage="precision",
    setup="D = np.array([[1.1, -2.3, 3.7], [0.5, 4.1, 1.9]]); X = np.array([[2.1, 1.3, -1.7], [3.3, 0.1, 1.9]])",
    matlab="ref = double(single(D*X'));",
    wrong="got = D @ X.T",
    right="got = (D @ X.T).astype(np.float32).astype(float)",
    remedy="Save the reference in double, or compare with a tolerance of 1e-7.",
    see="https://github.com/mne-tools/mne-python/blob/main/mne/io/edf/tests/test_edf.py",
)
LEAST_RESIDUAL, HALF_ULP = 1e-10, 1.3e-7


def undo(pair: Pair) -> Iterator[Step]:
    """want is representable in single precision; got is not, and rounds to it, or to what inputs say it was."""
    if not is_single_valued(pair.facts.want) or is_single_valued(pair.facts.got):
        return
    if LEAST_RESIDUAL < pair.residual <= HALF_ULP:
        yield pair.explained("want has single precision and is got, rounded", weight=0.95)
    elif HALF_ULP < pair.residual <= ENLARGED * HALF_ULP and pair.made:
        yield pair.explained(
            "want has single precision, and what it was made into agrees to that", weight=0.9
        )
    elif pair.settled or (pair.residual <= pair.facts.noise and not is_single_valued(pair.plain)):
        yield pair.explained("want has single precision, what the inputs give has double", weight=0.95)
