"""Cross-entropy in bits instead of nats: log2 for log.

MATLAB's `log` is the natural logarithm, as `np.log` is. With `np.log2` the loss is in bits and 1/ln 2 =
1.4427 times as large; with `np.log10` it is 1/ln 10 times as large.
"""

from collections.abc import Iterator
from math import log

from port.reference.causes.arrays import nearly
from port.reference.causes.factors import times
from port.reference.causes.rule import Manual, Pair, Step

MANUAL = Manual(
    code="S08",
    stage="scale",
    setup="Y = np.eye(3)[:, [0, 1, 2, 1]]; Ps = np.array([[.7, .2, .1, .3], [.2, .5, .1, .6], [.1, .3, .8, .1]])",
    matlab="ref = -sum(sum(Y.*log(Ps)));",
    wrong="got = np.array([[-(Y*np.log2(Ps)).sum()]])",
    right="got = np.array([[-(Y*np.log(Ps)).sum()]])",
    remedy="Take the logarithm that the reference takes: np.log for log, np.log2 for log2.",
    see="https://github.com/rasmusbergpalm/DeepLearnToolbox/blob/master/NN/nnff.m",
)
FACTORS = {"1/ln 2": 1 / log(2), "ln 2": log(2), "1/ln 10": 1 / log(10), "ln 10": log(10)}


def undo(pair: Pair) -> Iterator[Step]:
    """got/want is 1/ln 2, ln 2, 1/ln 10 or ln 10; as a second factor any may be tried."""
    for said, factor in FACTORS.items():
        exact = nearly(pair.ratio or 0.0, factor, 10 * pair.facts.loose)
        if exact or pair.takes_two:
            yield pair.scaled(factor, times(pair, factor, said), 0.95 if exact else 0.5)
