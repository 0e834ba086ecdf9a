"""Unrolled parameter vector [W1(:); W2(:)] concatenated in C order.

Optimisers want all parameters in one vector, and coursework unrolls them with `W(:)`. A port that
concatenates `W.ravel()` keeps every block in its place and the values within each block in the order of the
rows.
"""

from collections.abc import Iterator

import numpy as np

from port.reference.causes.arrays import Array, is_vector, peak
from port.reference.causes.rule import Manual, Pair, Step
from port.reference.causes.shared import matching_folds

MANUAL = Manual(
    code="L05",
    setup="W1 = np.arange(6.0).reshape(2, 3) + 1; W2 = np.arange(8.0).reshape(2, 4) ** 2 + 9",
    matlab="ref = [W1(:);W2(:)];",
    wrong="got = np.r_[W1.ravel(), W2.ravel()].reshape(-1, 1)",
    right="got = np.r_[W1.ravel(order='F'), W2.ravel(order='F')].reshape(-1, 1)",
    remedy="Unroll every block with order='F', and roll it up again the same way.",
    see="https://github.com/sandialabs/pyttb/issues/30",
)
LEAST = 4


def undo(pair: Pair) -> Iterator[Step]:
    """Blocks that keep their values, each read by rows where the reference reads it by columns."""
    want, got = pair.want, pair.got
    if not is_vector(want):
        return
    names, by_rows = _inputs_in(pair)
    if len(names) > 1:
        evidence = f"{', '.join(names)} are unrolled by rows in got, by columns in want"
        yield pair.step(evidence, want=by_rows.reshape(want.shape), weight=0.95)
    if want.shape != got.shape:
        return
    parts, by_rows = _shaped_as(pair)
    if len(parts) > 1:
        evidence = f"blocks of the shapes of {', '.join(parts)} are read by rows in got, by columns in want"
        yield pair.step(evidence, want=by_rows.reshape(want.shape), weight=0.95)
    if not want.flat[0]:
        return
    rebuilt, blocks = want.ravel().copy(), []
    for start, stop in _blocks(want.ravel() * (got.flat[0] / want.flat[0]), got.ravel(), pair.facts.coarse):
        block = want.ravel()[start:stop]
        for rows, columns in matching_folds(block, got.ravel()[start:stop], pair.facts.coarse):
            read = block.reshape(rows, columns, order="F").ravel()
            if pair.same(read * (got.flat[0] / want.flat[0]), got.ravel()[start:stop]):
                rebuilt[start:stop] = read
                blocks.append(f"{rows} x {columns}")
                break
    if blocks and blocks[0] != f"{want.size} x 1":
        whole = len(blocks) == 1
        evidence = f"blocks {', '.join(blocks)} are read by rows in got, by columns in want"
        yield pair.step(evidence, want=rebuilt.reshape(want.shape), weight=0.5 if whole else 0.9, final=True)


def _inputs_in(pair: Pair) -> tuple[list[str], Array]:
    """The inputs that want unrolls column by column, in order, and what their rows would be; none if they do not."""
    flat, names, rows = pair.want.ravel(), [], []
    start = 0
    while start < flat.size:
        for name, a in pair.facts.arrays.items():
            if name not in names and pair.same(a.ravel(order="F"), flat[start : start + a.size]):
                names.append(name)
                rows.append(a.ravel())
                start += a.size
                break
        else:
            return [], flat
    return names, np.concatenate(rows)


def _shaped_as(pair: Pair) -> tuple[list[str], Array]:
    """The inputs, in order, into whose shapes want folds by columns and got by rows; none if they do not."""
    want, got = pair.want.ravel(), pair.got.ravel()
    sizes, found = np.abs(want) * (peak(got) / (peak(want) or 1.0)), np.abs(got)
    names, rows, start = list[str](), [want[:0]], 0
    while start < want.size:
        for name, a in pair.facts.arrays.items():
            part = slice(start, start + a.size)
            if name not in names and start + a.size <= want.size:
                read = sizes[part].reshape(a.shape, order="F").ravel()
                if pair.same(read, found[part]):
                    names.append(name)
                    rows.append(want[part].reshape(a.shape, order="F").ravel())
                    start += a.size
                    break
        else:
            return [], want
    return names, np.concatenate(rows)


def _blocks(want: Array, got: Array, noise: float) -> Iterator[tuple[int, int]]:
    """Where runs of unequal values begin and end; a matrix keeps its first and last value in place."""
    gap = np.abs(np.cumsum(want - got)) + np.abs(np.cumsum(want**2 - got**2)) / np.abs(got).max()
    settled = gap <= noise * (np.cumsum(np.abs(got)) + np.abs(got).max())
    start = 0
    for stop in np.flatnonzero(settled) + 1:
        if stop - start > 1:
            yield max(start - 1, 0), min(int(stop) + 1, want.size)
        start = int(stop)
