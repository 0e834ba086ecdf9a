"""Name every array of a nested structure as MATLAB would: `dW{1}`, `weights{30,2}`, `net.bias`."""

from collections.abc import Iterable, Mapping
from dataclasses import is_dataclass
from math import prod
from types import SimpleNamespace
from typing import Any

import numpy as np
import numpy.typing as npt

from port.errors import ArgumentError

Array = npt.NDArray[Any]
LONE = "value"
DENSE_LIMIT = 256 << 20


def quantities(value: Any, name: str = "") -> dict[str, Array]:
    """Every array in a nested structure under its MATLAB name; a lone array is called `value`.

    Mappings, records, dataclasses and namespaces give fields, lists and object arrays give cells, a list of
    plain numbers is an array, None is nothing. A Python or NumPy number is MATLAB's 1 x 1; the shapes of arrays
    stay as they are: `(n,)` does not become `(n, 1)`.

    Raises ArgumentError for what cannot be read as an array, or holds itself.
    """
    try:
        return _named(value, name)
    except RecursionError as error:
        raise ArgumentError(f"{name or LONE} is nested too deeply, or holds itself") from error


def _named(value: Any, name: str) -> dict[str, Array]:
    if type(value) is np.ndarray and not (value.dtype.hasobject or value.dtype.names):
        return {name or LONE: value}
    if value is None:
        return {}
    fields = _fields(value)
    if fields is not None:
        return _joined((f"{name}.{key}" if name else str(key), part) for key, part in fields.items())
    if isinstance(value, list | tuple) and _is_cell(value):
        return _joined((f"{name}{{{place}}}", part) for place, part in enumerate(value, start=1))
    array = _as_array(value, name or LONE)
    places = [
        (place, _subscript(place, array.shape))
        for place in np.ndindex(array.shape if array.dtype.hasobject else 0)
    ]
    if array.dtype == object:
        return _joined((f"{name}{{{subscript}}}", array[place]) for place, subscript in places)
    if array.dtype.names:
        return _joined((f"{name}({subscript})", _record(array[place])) for place, subscript in places)
    return {name or LONE: array}


def _subscript(index: tuple[int, ...], shape: tuple[int, ...]) -> str:
    """A place as MATLAB writes it; in a row or a column, one number."""
    counted = (max(index),) if len(shape) == 2 and 1 in shape else index
    return ",".join(str(i + 1) for i in counted)


def _record(element: Any) -> dict[str, Any]:
    """One element of a struct array."""
    return dict(zip(element.dtype.names or (), element.tolist(), strict=True))


def _fields(value: Any) -> Mapping[Any, Any] | None:
    """The parts of a mapping, record or namespace; None for anything else."""
    if isinstance(value, Mapping):
        return value
    if isinstance(value, tuple) and hasattr(value, "_asdict"):
        return dict(value._asdict())
    if is_dataclass(value) or isinstance(value, SimpleNamespace):
        return vars(value)
    if isinstance(value, np.ndarray) and value.dtype.names and not value.dtype.hasobject:
        return {field: value[field] for field in value.dtype.names}
    return None


def _is_cell(value: list[Any] | tuple[Any, ...]) -> bool:
    """A list of arrays or structures is a cell; a list of plain numbers, or of such lists, is an array."""
    return not all(
        np.isscalar(part) or (isinstance(part, list | tuple) and not _is_cell(part)) for part in value
    )


def _joined(parts: Iterable[tuple[str, Any]]) -> dict[str, Array]:
    return {name: array for key, part in parts for name, array in _named(part, key).items()}


def _as_array(value: Any, name: str) -> Array:
    """The value as an array, sparse ones in full; tensors give up their gradient tape."""
    try:
        if hasattr(value, "toarray"):
            if prod(value.shape) * value.dtype.itemsize > DENSE_LIMIT:
                raise ArgumentError(f"{name} is sparse and too large to compare in full, {value.shape}")
            value = value.toarray()
        array = np.asarray(value.detach() if hasattr(value, "detach") else value)
    except ArgumentError:
        raise
    except (TypeError, ValueError, RuntimeError, AttributeError) as error:
        ragged = isinstance(value, list | tuple) and isinstance(error, ValueError)
        why = "its rows differ in length; give a list of arrays for a cell" if ragged else error
        raise ArgumentError(f"{name} cannot be read as an array: {why}") from error
    if isinstance(value, np.ma.MaskedArray):
        raise ArgumentError(f"{name} is masked: what is under the mask has no value; give a.filled(np.nan)")
    if array.dtype.kind in "biufc" and not isinstance(value, np.ndarray) and array.ndim == 0:
        return array.reshape(1, 1)
    if array.dtype == object and array.ndim == 0:
        kind = type(value).__name__
        raise ArgumentError(f"{name} is a {kind}: give an array, or a mapping or list of arrays")
    return array
