"""Cells of a .mat file with their sizes: `read_mat` gives rows and columns alike as lists."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np

from port.migrate import runtime
from port.reference.case import Case, load_case
from port.reference.matfile import read_mat
from port.reference.matvalue import Array, object_array


def read_sized(path: Path) -> dict[str, Any]:
    """The variables of a v7 file as `read_mat` gives them, n x 1 cells as object arrays; raises as it does.

    Beside a sparse logical that Octave wrote, they stay lists.
    """
    values = read_mat(path)
    try:
        loaded = vars(runtime.load(str(path)))
    except ValueError:  # SciPy does not read the sparse logicals that Octave writes
        return values
    return {name: sized(value, loaded[name]) for name, value in values.items()}


def load_sized(path: Path) -> Case:
    """A case of a v7 file as `load_case` gives it, n x 1 cells as object arrays; raises as it does."""
    case, loaded = load_case(path), runtime.load(str(path))
    return replace(
        case, input=sized(case.input, loaded.input), expected=sized(case.expected, loaded.expected)
    )


def sized(value: Any, loaded: Any) -> Any:
    """A value of `read_mat` with its columns of cells as object arrays; loaded: the same of the runtime's `load`."""
    if isinstance(value, dict):
        return {name: sized(item, getattr(loaded, name)) for name, item in value.items()}
    if isinstance(value, list):
        items = _sized_items(value, _items(loaded))
        return items if isinstance(loaded, list) else object_array(items, loaded.shape)
    if not (isinstance(value, np.ndarray) and value.dtype.hasobject and value.size):
        return value
    if value.dtype.names is None:
        return object_array(_sized_items(_items(value), _items(loaded)), value.shape)
    records = value.copy(order="K")
    for name in value.dtype.names:
        fields = [getattr(record, name) for record in _items(loaded)]
        records[name] = object_array(_sized_items(_items(value[name]), fields), value.shape)
    return records


def _sized_items(values: Sequence[Any], loaded: Sequence[Any]) -> list[Any]:
    return [sized(*pair) for pair in zip(values, loaded, strict=True)]


def _items(cell: list[Any] | Array) -> list[Any]:
    return cell if isinstance(cell, list) else list(cell.ravel(order="F"))
