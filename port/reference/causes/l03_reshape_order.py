"""Column-major reshape done in C order.

MATLAB reads and fills a reshaped matrix down the columns; `x.reshape(r, c)` reads and fills along the rows.
The shape is right, the values are in other places. Pass `order='F'`.
"""

from collections.abc import Iterator

from port.reference.causes.arrays import is_special, is_square
from port.reference.causes.rule import Manual, Pair, Step
from port.reference.causes.shared import refolds_an_input, reread

MANUAL = Manual(
    code="L03",
    setup="x = np.arange(24.0).reshape(6, 4) ** 2",
    matlab="ref = reshape(x,4,6);",
    wrong="got = x.reshape(4, 6)",
    right="got = x.reshape(4, 6, order='F')",
    remedy="Reshape with order='F'.",
    see="https://stackoverflow.com/questions/11892358/matlab-vs-python-reshape",
)


def undo(pair: Pair) -> Iterator[Step]:
    """got read along its rows is want read down its columns, or both read one matrix in these orders."""
    want = pair.want
    if want.ndim == 2 and min(want.shape) > 1:
        square = want.shape[0] == want.shape[1] and not refolds_an_input(pair)
        doubt = 0.2 if is_special(want, pair.facts.loose) else 0.45 if square else 1.0
        for evidence, laid, weight in reread(pair):
            yield pair.step(evidence, want=laid, weight=weight * doubt)
        if pair.got.ndim == 2 and min(pair.got.shape) > 1:
            doubt = min(doubt, 0.45) if is_square(pair.got) else doubt
            laid = pair.got.ravel().reshape(pair.got.shape, order="F")
            yield pair.step(
                "got was laid by rows instead of by columns", got=laid, weight=0.8 * doubt, mirrored=True
            )
