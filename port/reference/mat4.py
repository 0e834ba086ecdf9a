"""Read MATLAB level 4 files (`save -v4`): matrices, char and sparse, each after a header of five integers.

The layout is that of MathWorks' "MAT-File Format", chapter "Level 4 MAT-Files".
"""

import struct
from collections.abc import Iterator
from contextlib import suppress

import numpy as np

from port.errors import CaseError
from port.reference.matvalue import (
    DTYPES,
    Array,
    Budget,
    Value,
    characters,
    checked_size,
    numeric,
    sparse,
)

HEADER = 20
STORED = ("f8", "f4", "i4", "i2", "u2", "u1")
FULL, TEXT, SPARSE = range(3)


def looks_like(data: bytes) -> bool:
    """Whether the first header is one of level 4: a type of the form M0PT and a sensible name length."""
    try:
        _header(data, 0)
    except CaseError:
        return False
    return True


def read(data: bytes, budget: Budget) -> Iterator[tuple[str, Value]]:
    """Yield each variable as (name, value); numbers are double, as MATLAB loads them, whatever was stored."""
    at = 0
    while at < len(data):
        order, stored, kind, size, is_complex, name_length = _header(data, at)
        at += HEADER
        name = data[at : at + name_length].split(b"\0")[0].decode("latin-1")
        at += name_length
        count = size[0] * size[1]
        dtype = np.dtype(order + STORED[stored])
        parts = []
        for _ in range(2 if is_complex else 1):
            if count * dtype.itemsize > len(data) - at:
                raise CaseError(f"it is cut short inside variable '{name}'")
            parts.append(np.frombuffer(data, dtype, count, at))
            at += count * dtype.itemsize
        yield name, _value(kind, parts, size, budget)


def _header(data: bytes, at: int) -> tuple[str, int, int, tuple[int, int], bool, int]:
    if len(data) - at < HEADER:
        raise CaseError("it is cut short inside the header of a variable")
    for order in "<>":
        code, rows, columns, imaginary, name_length = struct.unpack_from(f"{order}5i", data, at)
        machine, zero, stored, kind = code // 1000, code // 100 % 10, code // 10 % 10, code % 10
        plausible = machine == (order == ">") and zero == 0 and stored < len(STORED) and kind <= SPARSE
        if (
            code >= 0
            and plausible
            and min(rows, columns) >= 0
            and imaginary in (0, 1)
            and 1 < name_length <= 256
        ):
            return order, stored, kind, (rows, columns), bool(imaginary), name_length
    raise CaseError("the header of a variable is damaged")


def _value(kind: int, parts: list[Array], size: tuple[int, int], budget: Budget) -> Value:
    if kind == TEXT:
        codes = parts[0].astype(np.int64)
        if codes.size and not (0 <= codes.min() and codes.max() < 0x110000):
            raise CaseError("a char array holds a number that is no character")
        return characters(_text(codes), size, budget)
    if kind == SPARSE:
        return _sparse(parts[0].reshape(size, order="F"), budget)
    return numeric(parts, DTYPES["double"], size, budget)


def _text(codes: Array) -> str:
    """MATLAB stores character codes, Octave the bytes of UTF-8."""
    if codes.size and codes.max() < 256:
        with suppress(UnicodeDecodeError):
            return bytes(codes.tolist()).decode("utf-8")
    return "".join(map(chr, codes))


def _sparse(table: Array, budget: Budget) -> Value:
    """Rows (i, j, value[, imaginary]), 1-based, in column order; the last row states the size."""
    if table.shape[0] < 1 or table.shape[1] not in (3, 4) or not np.isfinite(table[:, :2]).all():
        raise CaseError("a sparse array is damaged")
    size = checked_size([int(table[-1, 0]), int(table[-1, 1])])
    rows, columns = table[:-1, 0].astype(np.int64) - 1, table[:-1, 1].astype(np.int64) - 1
    if columns.size and not (0 <= columns.min() and columns.max() < size[1]):
        raise CaseError(f"a sparse array of size {size} has a column index outside it")
    budget.spend(16 * (size[1] + 1))
    starts = np.concatenate([[0], np.cumsum(np.bincount(columns, minlength=size[1]))])
    order = np.argsort(columns, kind="stable")
    values = numeric([*table[:-1, 2:].T], DTYPES["double"], (1, columns.size), budget)[0]
    return sparse(values[order], rows[order], starts, size, values.dtype, budget)
