"""A history is off by one epoch.

Whether the loss is recorded before or after the update decides which epoch an entry belongs to. Recorded
before, the history starts with the initial value and lags one epoch behind.
"""

from collections.abc import Iterator

from port.reference.causes.arrays import along, is_vector
from port.reference.causes.rule import Manual, Pair, Step

MANUAL = Manual(
    code="I06",
    setup="",
    matlab="w=1; for k=1:6, w=w-0.1*2*w; ref(k,1)=w; end",
    wrong="""\
w = 1.0; h = []
for k in range(6):
    h.append(w); w -= 0.1*2*w
got = np.array(h).reshape(-1, 1)""",
    right="""\
w = 1.0; h = []
for k in range(6):
    w -= 0.1*2*w; h.append(w)
got = np.array(h).reshape(-1, 1)""",
    remedy="Append to the history after the update.",
    see="https://github.com/numpy/numpy/blob/main/doc/source/user/numpy-for-matlab-users.rst",
)


def undo(pair: Pair) -> Iterator[Step]:
    """got is want one place earlier: got[1:] == want[:-1] along an axis."""
    if not pair.same_shape:
        return
    for axis, length in enumerate(pair.want.shape):
        if length > 2:
            want, got = along(pair.want, axis, None, -1), along(pair.got, axis, 1, None)
            weight = 0.5 if not is_vector(pair.want) else 0.95 if length > 3 else 0.6
            yield pair.step("got lags one place behind want", want=want, got=got, weight=weight, final=True)
