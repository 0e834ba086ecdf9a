"""Write a value as a MATLAB expression that gives it back bit for bit, in MATLAB and in Octave."""

from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np

from port.reference.matvalue import Array, Value, class_and_size, is_sparse

HEX_LINE = 4096
CONTINUED = ", ...\n "


def literal(value: Value) -> str:
    """The MATLAB expression for a value as `read_mat` gives it; numbers that are no integers need `matport_numbers`.

    Raises CaseError for a value MATLAB cannot hold.
    """
    kind, size = class_and_size(value)
    if isinstance(value, str):
        return _text(value)
    if isinstance(value, Mapping):
        return _struct([*value], [literal(item) for item in value.values()], 1) if value else "struct()"
    if isinstance(value, list | tuple):
        return f"{{{', '.join(map(literal, value))}}}"
    if is_sparse(value):
        return _sparse(value)
    array = np.asarray(value)
    if kind == "cell":
        return _shaped(f"{{{_joined(map(literal, array.ravel(order='F')))}}}", size)
    if array.dtype.names is not None:
        items = [literal(row[name]) for row in array.ravel(order="F") for name in array.dtype.names]
        return _shaped(_struct(array.dtype.names, items, array.size), size)
    if kind == "char":
        return _shaped(_text("".join(array.ravel(order="F"))), size)
    return _numbers(array, kind, size)


def quoted(text: str) -> str:
    """A char row in single quotes."""
    return "'" + text.replace("'", "''") + "'"


def _text(text: str) -> str:
    """Plain text in quotes, any other by its bytes in UTF-8."""
    if text.isascii() and text.isprintable():
        return quoted(text)
    return f"native2unicode(uint8([{' '.join(map(str, text.encode()))}]), 'UTF-8')"


def _struct(names: Iterable[str], items: Iterable[str], count: int) -> str:
    fields = [quoted(name) for name in names]
    cells = _shaped(f"{{{_joined(items)}}}", (len(fields), count))
    return f"cell2struct({cells}, {{{'; '.join(fields)}}}, 1)"


def _sparse(value: Any) -> str:
    entries = value.tocoo()
    rows, columns = (literal(index[None, :] + 1.0) for index in (entries.row, entries.col))
    return f"sparse({rows}, {columns}, {literal(entries.data[None, :])}, {value.shape[0]}, {value.shape[1]})"


def _numbers(array: Array, kind: str, size: tuple[int, ...]) -> str:
    if np.iscomplexobj(array):
        return f"complex({_numbers(array.real, kind, size)}, {_numbers(array.imag, kind, size)})"
    if kind == "logical":
        return f"logical({_numbers(array.astype('f8'), 'double', size)})"
    flat = array.ravel(order="F")
    if (
        kind == "double"
        and ((flat == np.rint(flat)) & (np.abs(flat) < 2**53) & ~((flat == 0) & np.signbit(flat))).all()
    ):
        return _shaped(f"[{_joined(str(int(number)) for number in flat)}]", size)
    digits = flat.astype(flat.dtype.newbyteorder("<")).tobytes().hex()
    lines = [quoted(digits[at : at + HEX_LINE]) for at in range(0, len(digits), HEX_LINE)] or ["''"]
    return f"matport_numbers('{kind}', {_dims(size)}, [{CONTINUED.join(lines)}])"


def _shaped(expression: str, size: tuple[int, ...]) -> str:
    return f"reshape({expression}, {_dims(size)})"


def _dims(size: tuple[int, ...]) -> str:
    return f"[{' '.join(map(str, size))}]"


def _joined(items: Iterable[str]) -> str:
    """Items with commas, fifty on a line."""
    texts = list(items)
    lines = [", ".join(texts[at : at + 50]) for at in range(0, len(texts), 50)]
    return CONTINUED.join(lines)
